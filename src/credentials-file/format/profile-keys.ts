import { accountOfArn } from '../../core/aws/account-number.ts';
import type { LoginSource } from '../../core/policy/forbidden-delivery.ts';
import type { ProfileWrite } from '../../core/protocol/requests.ts';

/** The name that botocore read before `aws_session_token`, and still prefers where both are there. */
export const legacyToken = 'aws_security_token';

/** Says of credentials with fewer rights than their role what they may do at most. */
export const rightsKey = 'x_session_policy';

/** Newer SDKs ask the endpoints of this account, so it must match the credentials. */
export const accountKey = 'aws_account_id';

/**
 * A profile to write. The settings `region` and `output` go to the config file if the profile has none there. With
 * `allInOne`, as aws_role_credentials does it, they always go beside the credentials, with the token under its old
 * name. With `withAccount` the account is written even if the profile names none.
 */
export type ProfileUpdate = Omit<ProfileWrite, 'source'> & {
  output?: string;
  allInOne?: boolean;
  withAccount?: boolean;
  /** The login that the credentials come from, where it is known; `none` when they come from no login. */
  source?: LoginSource | 'none';
};

/** The keys Roleferry writes, in the order in which it writes them, with their values. */
export const profileKeys = (update: ProfileUpdate): Map<string, string> =>
  new Map([
    ...(update.allInOne ? settingsOfProfile(update) : []),
    ['aws_access_key_id', update.credentials.accessKeyId],
    ['aws_secret_access_key', update.credentials.secretAccessKey],
    ...(update.allInOne ? [[legacyToken, update.credentials.sessionToken] as const] : []),
    ['aws_session_token', update.credentials.sessionToken],
    ['x_security_token_expires', update.credentials.expiration],
    ['x_principal_arn', update.principalArn],
    ...(update.rights ? [[rightsKey, update.rights] as const] : []),
    ...(update.withAccount ? accountSetting(update) : []),
  ]);

/** The account to write where a profile names one, in either file. */
export const accountSetting = ({
  principalArn,
}: Pick<ProfileUpdate, 'principalArn'>): Map<string, string> => {
  const account = accountOfArn(principalArn);
  return new Map(account === undefined ? [] : [[accountKey, account]]);
};

/** The settings that go to the config file, with their values. */
export const settingsToAdd = (update: ProfileUpdate): Map<string, string> =>
  new Map(update.allInOne ? [] : settingsOfProfile(update));

const settingsOfProfile = ({ region, output }: ProfileUpdate): [string, string][] =>
  Object.entries({ region, output }).filter((entry): entry is [string, string] => entry[1] !== undefined);

/** Every key that Roleferry may change or remove. */
export const ownKeys: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'x_security_token_expires',
  'x_principal_arn',
  rightsKey,
  legacyToken,
]);

/**
 * Keys that make at least one AWS tool ignore the profile's access key:
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
