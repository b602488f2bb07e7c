import { homedir } from 'node:os';
import { configSettings } from '../../credentials-file/config/config-settings.ts';
import { readConfig } from '../../credentials-file/config/read-config.ts';
import { locateFiles } from '../../credentials-file/files/locate.ts';
import { listProfiles } from '../../credentials-file/list-profiles.ts';

/**
 * An ARN of whoever the source credentials of `user` belong to, as far as it can be told without asking AWS: the MFA
 * device, the role that the source profile assumes, or the session that Roleferry wrote to it.
 */
export async function sourceArn(
  sourceProfile: string | undefined,
  serialNumber: string | undefined,
): Promise<string | undefined> {
  if (serialNumber?.startsWith('arn:')) return serialNumber;
  const { AWS_PROFILE, AWS_ACCESS_KEY_ID } = process.env;
  // As the SDK chooses: the profile that is named, else the keys of the environment, else the default profile.
  const profile = sourceProfile ?? (AWS_PROFILE || (AWS_ACCESS_KEY_ID ? undefined : 'default'));
  if (profile === undefined) return undefined;
  const files = locateFiles(process.env, process.platform, homedir());
  const config = await readConfig(files.configFile);
  const settings = config.ok ? configSettings(config.value, profile) : [];
  const assumed = settings.findLast(({ key }) => key === 'role_arn')?.value;
  if (assumed?.startsWith('arn:')) return assumed;
  const listed = await listProfiles(files);
  const found = listed.ok ? listed.value.find(({ name }) => name === profile) : undefined;
  return found?.kind === 'temporary' || found?.kind === 'process' ? found.principalArn : undefined;
}
