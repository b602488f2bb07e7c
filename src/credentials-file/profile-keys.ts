import type { ProfileWrite } from '../core/protocol.ts';

/** The name that botocore read before `aws_session_token`, and still prefers where both are there. */
export const legacyToken = 'aws_security_token';

/** The keys Roleferry writes, in the order in which it writes them, with their values. */
export const profileKeys = ({ credentials, principalArn }: ProfileWrite): Map<string, string> =>
  new Map([
    ['aws_access_key_id', credentials.accessKeyId],
    ['aws_secret_access_key', credentials.secretAccessKey],
    ['aws_session_token', credentials.sessionToken],
    ['x_security_token_expires', credentials.expiration],
    ['x_principal_arn', principalArn],
  ]);

/** Every key that is Roleferry's to change or to remove. */
export const ownKeys: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'x_security_token_expires',
  'x_principal_arn',
  legacyToken,
]);

/**
 * Keys that make at least one AWS tool look for credentials elsewhere although the profile has an access key:
 * botocore asks `role_arn`, web identity and SSO first, the SDK for Go `source_profile`, the SDK for Rust
 * `credential_source`, SSO and `credential_process`.
 */
export const otherSources: ReadonlyMap<string, 'role' | 'sso' | 'process'> = new Map([
  ['role_arn', 'role'],
  ['source_profile', 'role'],
  ['credential_source', 'role'],
  ['web_identity_token_file', 'role'],
  ['sso_session', 'sso'],
  ['sso_start_url', 'sso'],
  ['sso_account_id', 'sso'],
  ['sso_role_name', 'sso'],
  ['sso_region', 'sso'],
  ['login_session', 'sso'],
  ['credential_process', 'process'],
]);
