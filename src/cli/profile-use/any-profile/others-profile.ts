import { accountOfArn } from '../../../core/aws/account-number.ts';
import { parseRoleArn } from '../../../core/aws/role.ts';
import { failure } from '../../../core/failure.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import {
  type AwsFiles,
  credentialsSource,
  lastOf,
  readProfiles,
  type Settings,
  sourceChain,
} from '../../../credentials-file/index.ts';
import { refusalByPolicy } from '../../../machine-policy/refusal.ts';
import { currentProfile } from '../exec-profile.ts';
import type { ProfileInUse } from '../profile-in-use.ts';
import { askSdk } from './ask-sdk.ts';
import { assumeRoleOf } from './assume-role-of.ts';
import { isOthers } from './is-others.ts';

/** The credentials of a profile that are not Roleferry's, as `usableProfile` describes them. */
export async function othersProfile(
  files: AwsFiles,
  name: string,
  renew?: (name: string) => Promise<Result<boolean>>,
): Promise<Result<ProfileInUse>> {
  const profiles = await readProfiles(files);
  if (!profiles.ok) return profiles;
  const settingsOf = (profile: string): Settings => profiles.value.get(profile) ?? [];
  const chain = sourceChain(profiles.value, name);
  if (!chain.ok) return chain;
  const [first = name, ...roles] = chain.value;
  let given = await ofFirst(files, first, settingsOf(first), roles.length > 0, renew);
  for (const role of roles) {
    if (!given.ok) return given;
    given = await assumeRoleOf(files, role, settingsOf(role), given.value.credentials, first);
  }
  return given.ok ? allowed(files, settingsOf(name), given.value) : given;
}

/**
 * The credentials of the first profile of a chain, which may be Roleferry's. As the source of others it counts by its
 * keys, whatever else it has. Long-lived keys only assume roles: they are handed to no program.
 */
async function ofFirst(
  files: AwsFiles,
  name: string,
  settings: Settings,
  isSource: boolean,
  renew: ((name: string) => Promise<Result<boolean>>) | undefined,
): Promise<Result<ProfileInUse>> {
  const own = await currentProfile(files, name, renew);
  if (own.ok || !isOthers(own.failure)) return own;
  if (isSource && lastOf(settings, 'aws_access_key_id') !== undefined) return keysIn(name, settings);
  if (credentialsSource(settings) !== 'keys') return askSdk(files, name, settings);
  const { found } = (own.failure.params ?? {}) as { found?: unknown };
  return found === 'long-lived-key' ? failed(failure('long-lived-not-handed-out', { profile: name })) : own;
}

/** Keys that stand in the files. */
function keysIn(profile: string, settings: Settings): Result<ProfileInUse> {
  const [accessKeyId, secretAccessKey, sessionToken] = [
    'aws_access_key_id',
    'aws_secret_access_key',
    'aws_session_token',
  ].map((key) => lastOf(settings, key));
  if (accessKeyId === undefined || secretAccessKey === undefined) {
    const reason = 'aws_secret_access_key is missing';
    return failed(failure('profile-settings-unusable', { profile, reason }));
  }
  return ok({
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== undefined && { sessionToken }) },
  });
}

/** Longer than any policy allows: for credentials of which nobody knows when they end. */
const noEnd = '9999-12-31T23:59:59Z';

/** Refuses what the machine's policy forbids; adds region and account. It is in no file, so the name does not count. */
function allowed(files: AwsFiles, settings: Settings, given: ProfileInUse): Result<ProfileInUse> {
  const arn = given.principalArn ?? roleIn(settings) ?? '';
  const expiration = given.credentials.expiration ?? noEnd;
  const refusal = refusalByPolicy(files.machine, { arn, source: 'none', expiration });
  if (refusal !== undefined) return failed(refusal);
  const account = given.account ?? accountOfArn(arn);
  const region = lastOf(settings, 'region');
  return ok({
    ...given,
    ...(account !== undefined && { account }),
    ...(region !== undefined && { region }),
  });
}

/** The ARN of the role that the settings name. Identity Center adds to the role's name what only AWS knows. */
function roleIn(settings: Settings): string | undefined {
  const [account, name] = ['sso_account_id', 'sso_role_name'].map((key) => lastOf(settings, key));
  const isSso = credentialsSource(settings) === 'sso';
  const arn = isSso ? `arn:aws:iam::${account}:role/AWSReservedSSO_${name}` : lastOf(settings, 'role_arn');
  return arn !== undefined && parseRoleArn(arn) ? arn : undefined;
}
