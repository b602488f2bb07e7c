import { accountOfArn } from '../../../core/aws/account-number.ts';
import { ok, type Result } from '../../../core/result.ts';
import type { AwsFiles } from '../../../credentials-file/index.ts';
import { currentProfile } from '../exec-profile.ts';
import type { ProfileInUse } from '../profile-in-use.ts';
import { isOthers } from './is-others.ts';

/**
 * The credentials of a profile of any kind, unexpired. Roleferry's own come as from `currentProfile`, which calls `renew`
 * if they have expired. Those of others come from where AWS tools get them: a role assumed with another profile, `aws sso
 * login`, `aws login`, a `credential_process`, a web identity token or the machine. The first profile in a chain of roles
 * may be Roleferry's; then `renew` is called for that one. May ask AWS, and for an MFA code on the terminal. The machine's
 * policy is enforced.
 *
 * A `credential_process` may give long-lived keys, which have no session token, and may not say when its credentials
 * expire. Long-lived keys in the files are not handed out.
 *
 * Failures: those of `currentProfile`; `source-profile-missing`, `source-profile-loop`, `profile-settings-unusable`,
 * `web-identity-token-unreadable`, `instance-metadata-disabled`, `long-lived-not-handed-out`, `aws-login-needed` (its
 * `command` renews it), `profile-process-failed`, `profile-source-failed`, `profile-mfa-needed`; those of asking STS.
 */
export async function usableProfile(
  files: AwsFiles,
  name: string,
  renew?: (name: string) => Promise<Result<boolean>>,
): Promise<Result<ProfileInUse>> {
  const own = await currentProfile(files, name, renew);
  if (own.ok) {
    const account = accountOfArn(own.value.principalArn ?? '');
    return ok({ ...own.value, ...(account !== undefined && { account }) });
  }
  if (!isOthers(own.failure)) return own;
  // The SDK's providers take time to load.
  const { othersProfile } = await import('./others-profile.ts');
  return othersProfile(files, name, renew);
}
