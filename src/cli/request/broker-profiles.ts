import { isSessionOf } from '../../core/aws/role.ts';
import type { Result } from '../../core/result.ts';
import { type AwsFiles, readCredentials } from '../../credentials-file/index.ts';
import {
  type BrokerProfile,
  changeInstallRecord,
  readInstallRecord,
} from '../../native-host/registration/install-record.ts';
import { hostFolder, ownSurroundings } from '../../native-host/registration/system/surroundings.ts';

/** The profiles that a broker gave to this person. */
export const brokerProfiles = (): BrokerProfile[] =>
  readInstallRecord(hostFolder(ownSurroundings())).brokerProfiles ?? [];

/**
 * Where the credentials of `profile` come from, if a broker gave them. If something else has written to the profile
 * since, the broker cannot renew it.
 */
export async function brokerOf(files: AwsFiles, profile: string): Promise<BrokerProfile | undefined> {
  const known = brokerProfiles().find((each) => each.profile === profile);
  if (known === undefined) return undefined;
  const read = await readCredentials(files, profile);
  const principal = read.ok ? read.value.principalArn : undefined;
  return principal === undefined || isSessionOf(principal, known.roleArn) ? known : undefined;
}

/** Stores where the credentials of a profile come from. Failures: those of writing a file. */
export const rememberBroker = (source: BrokerProfile): Promise<Result<void>> =>
  change(source.profile, [source]);

/** Forgets it, because something else writes the profile now. Writes nothing if nothing was stored. */
export async function forgetBroker(profile: string): Promise<void> {
  if (brokerProfiles().some((known) => known.profile === profile)) await change(profile, []);
}

const change = (profile: string, added: BrokerProfile[]): Promise<Result<void>> =>
  changeInstallRecord(hostFolder(ownSurroundings()), ({ brokerProfiles = [], ...record }) => ({
    ...record,
    brokerProfiles: [...brokerProfiles.filter((known) => known.profile !== profile), ...added],
  }));
