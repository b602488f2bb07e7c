import { accountOfArn } from '../../core/aws/account-number.ts';
import type { LoginSource } from '../../core/policy/forbidden-delivery.ts';
import type { ProfileWrite } from '../../core/protocol/protocol.ts';

/** The name that botocore read before `aws_session_token`, and still prefers where both are there. */
export const legacyToken = 'aws_security_token';

/** Names the account to newer SDKs, which ask its own endpoints: with the credentials of another it must go. */
export const accountKey = 'aws_account_id';

/**
 * A profile to write. `region` and `output` are settings, which go to the config file where the profile has none
 * there; with `allInOne` they go beside the credentials whatever is there, and so does the token under its old name:
 * that is the file that aws_role_credentials leaves. With `withAccount` the account goes there even where none is named.
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
    ...(update.withAccount ? accountSetting(update) : []),
  ]);

/** What goes in the place of an account that a profile names, in either file. */
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
