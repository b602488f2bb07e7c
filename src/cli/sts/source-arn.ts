import { homedir } from 'node:os';
import { listProfiles, locateFiles, readConfigSettings } from '../../credentials-file/index.ts';

/**
 * An ARN of the owner of the source credentials of `user`, if it can be found without asking AWS: the MFA device, the
 * role that the source profile assumes, or the session that Roleferry wrote to it.
 */
export async function sourceArn(
  sourceProfile: string | undefined,
  serialNumber: string | undefined,
): Promise<string | undefined> {
  if (serialNumber?.startsWith('arn:')) return serialNumber;
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  // Like the SDK: the named profile, else the keys in the environment, else the default profile.
  const profile = sourceProfile ?? (AWS_PROFILE || (AWS_ACCESS_KEY_ID ? undefined : 'default'));
  if (profile === undefined) return undefined;
  const files = locateFiles(process.env, process.platform, homedir());
  const settings = await readConfigSettings(files.configFile);
  const found = settings.ok ? settings.value.get(profile) : undefined;
  const assumed = found?.findLast(({ key }) => key === 'role_arn')?.value;
  if (assumed?.startsWith('arn:')) return assumed;
  const listed = await listProfiles(files);
  const written = listed.ok ? listed.value.find(({ name }) => name === profile) : undefined;
  return written?.kind === 'temporary' || written?.kind === 'process' ? written.principalArn : undefined;
}
