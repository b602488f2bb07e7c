import { accountOfPrincipal } from '../core/account-number.ts';
import { credentialsJson } from '../core/env-vars.ts';
import type { Result } from '../core/result.ts';
import { currentProfile } from './exec-profile.ts';
import { filesOfHost } from './files-of-host.ts';
import { print } from './print.ts';
import { reportFailure } from './report-failure.ts';

/** Prints the credentials of the profile `name` as AWS tools want them from a credential_process. `renew`: as for `currentProfile`. */
export async function printCredentials(
  name: string,
  renew?: (name: string) => Promise<Result<boolean>>,
): Promise<void> {
  const profile = await currentProfile(filesOfHost(), name, renew);
  if (!profile.ok) return reportFailure(profile.failure);
  const { credentials, principalArn } = profile.value;
  print(credentialsJson(credentials, accountOfPrincipal(principalArn ?? '')));
}
