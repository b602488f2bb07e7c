import type { Settings } from '../format/classify.ts';
import { lastOf } from '../format/temporary-credentials.ts';

/**
 * Where the AWS CLI takes the credentials of a profile from. `keys`: they are in the files. `none`: it has only settings
 * such as a region.
 */
export type CredentialsSource = 'role' | 'web-identity' | 'sso' | 'keys' | 'login' | 'process' | 'none';

/**
 * The source that wins among all settings of a profile in both files, in the order in which the AWS CLI looks. The SDKs
 * agree except on SSO beside keys. Tested against the AWS CLI in test/oracle.
 */
export function credentialsSource(settings: Settings): CredentialsSource {
  const has = (...keys: string[]) => keys.some((key) => lastOf(settings, key) !== undefined);
  if (has('role_arn')) return has('web_identity_token_file') ? 'web-identity' : 'role';
  if (has('sso_account_id', 'sso_role_name')) return 'sso';
  if (has('aws_access_key_id', 'aws_secret_access_key')) return 'keys';
  if (has('login_session')) return 'login';
  return has('credential_process') ? 'process' : 'none';
}
