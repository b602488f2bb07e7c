import { accountOfArn } from '../../core/aws/account-number.ts';
import { credentialsJson } from '../../core/profile/env-vars.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { UsableProfile } from '../../credentials-file/index.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { print } from '../terminal/print.ts';
import { mayOnlyRead } from './agents.ts';
import { currentProfile } from './exec-profile.ts';

/**
 * Prints the credentials of the profile `name` as AWS tools want them from a credential_process. `renew`: as for
 * `currentProfile`. Agents that may only read get those of a profile that does, and begin no login.
 */
export async function printCredentials(
  name: string,
  renew?: (name: string) => Promise<Result<boolean>>,
): Promise<void> {
  const found = await credentialsOf(name, renew);
  if (!found.ok) {
    // Most calls go well, and need no words.
    const { reportFailure } = await import('../terminal/report-failure.ts');
    return reportFailure(found.failure);
  }
  const { credentials, principalArn } = found.value;
  print(credentialsJson(credentials, accountOfArn(principalArn ?? '')));
}

async function credentialsOf(
  name: string,
  renew: ((name: string) => Promise<Result<boolean>>) | undefined,
): Promise<Result<UsableProfile>> {
  const nameless = name === '' ? profileNameFailure(name) : undefined;
  if (nameless !== undefined) return failed(nameless);
  const files = filesOfHost();
  const onlyReads = mayOnlyRead(process.env);
  const allowed = onlyReads
    ? await (await import('./lesser-profile.ts')).readOnlyProfile(files, name)
    : ok(name);
  if (!allowed.ok) return allowed;
  return currentProfile(files, allowed.value, onlyReads ? undefined : renew);
}
