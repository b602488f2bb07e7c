import { accountOfArn } from '../../core/aws/account-number.ts';
import { credentialsJson } from '../../core/profile/env-vars.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { ok, type Result } from '../../core/result.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { mayOnlyRead } from './agents.ts';
import { currentProfile } from './exec-profile.ts';
import { readOnlyProfile } from './lesser-profile.ts';

/**
 * Prints the credentials of the profile `name` as AWS tools want them from a credential_process. `renew`: as for
 * `currentProfile`. Agents that may only read get those of a profile that does, and begin no login.
 */
export async function printCredentials(
  name: string,
  renew?: (name: string) => Promise<Result<boolean>>,
): Promise<void> {
  const nameless = name === '' ? profileNameFailure(name) : undefined;
  if (nameless !== undefined) return reportFailure(nameless);
  const files = filesOfHost();
  const onlyReads = mayOnlyRead(process.env);
  const allowed = onlyReads ? await readOnlyProfile(files, name) : ok(name);
  if (!allowed.ok) return reportFailure(allowed.failure);
  const profile = await currentProfile(files, allowed.value, onlyReads ? undefined : renew);
  if (!profile.ok) return reportFailure(profile.failure);
  const { credentials, principalArn } = profile.value;
  print(credentialsJson(credentials, accountOfArn(principalArn ?? '')));
}
