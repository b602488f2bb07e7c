import { accountOfArn } from '../../core/aws/account-number.ts';
import { credentialsJson } from '../../core/profile/env-vars.ts';
import type { Result } from '../../core/result.ts';
import { filesOfHost } from '../files/files-of-host.ts';
import { print } from '../terminal/print.ts';
import { reportFailure } from '../terminal/report-failure.ts';
import { currentProfile } from './exec-profile.ts';

/** Prints the credentials of the profile `name` as AWS tools want them from a credential_process. `renew`: as for `currentProfile`. */
export async function printCredentials(
  name: string,
  renew?: (name: string) => Promise<Result<boolean>>,
): Promise<void> {
  const profile = await currentProfile(filesOfHost(), name, renew);
  if (!profile.ok) return reportFailure(profile.failure);
  const { credentials, principalArn } = profile.value;
  print(credentialsJson(credentials, accountOfArn(principalArn ?? '')));
}
