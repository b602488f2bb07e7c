import * as v from 'valibot';
import { accountOfArn } from '../../core/aws/account-number.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import type { Rights } from '../../core/aws/session-policy.ts';
import { accountIdSchema } from '../../core/profile/account-names.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import { ok, type Result } from '../../core/result.ts';
import { shellWord } from '../../core/words/shell-word.ts';
import { type CredentialsSource, credentialsSource } from '../config/credentials-source.ts';
import { asksRoleferry, logsIn, processKey } from '../config/process-lines.ts';
import type { AwsFiles } from '../files/locate.ts';
import { profileKind, type Settings } from '../format/classify.ts';
import { isoTime } from '../format/iso-time.ts';
import { otherSources } from '../format/profile-keys.ts';
import { lastOf, rightsIn } from '../format/temporary-credentials.ts';
import { readCache } from '../process/cache.ts';
import { readProfiles } from './read-profiles.ts';
import { sourceChain } from './source-chain.ts';

/** What can be told of a profile without asking anyone and without its secrets. */
export interface KnownProfile {
  name: string;
  kind: ProfileSummary['kind'];
  /** `roleferry`: it is a process profile of Roleferry. */
  source: CredentialsSource | 'roleferry';
  /** A process profile that gets credentials once a tool uses it, with a login if need be. */
  isOnDemand?: true;
  account?: string;
  role?: string;
  /** What its credentials may do at most, where that is less than the role. */
  rights?: Rights;
  /** When its credentials end; ISO 8601. */
  expiration?: string;
  /** The profile with whose credentials it assumes its role. */
  sourceProfile?: string;
  /** What else it assumes its role with, such as `Ec2InstanceMetadata`. */
  credentialSource?: string;
  /** The command of the AWS CLI that renews it by a new login. */
  renewal?: string;
}

/**
 * Every profile that the AWS CLI has here, whoever made it, in the order of `readProfiles`.
 * Failures: `file-unreadable`, `file-not-understood`, both of the credentials file.
 */
export async function knownProfiles(files: AwsFiles): Promise<Result<KnownProfile[]>> {
  const profiles = await readProfiles(files);
  if (!profiles.ok) return profiles;
  const known = [...profiles.value].map(([name, settings]) =>
    describe(files, profiles.value, name, settings),
  );
  return ok(await Promise.all(known));
}

async function describe(
  files: AwsFiles,
  profiles: ReadonlyMap<string, Settings>,
  name: string,
  settings: Settings,
): Promise<KnownProfile> {
  const source = credentialsSource(settings);
  const renewal = renewalOf(profiles, name);
  switch (source) {
    case 'role':
    case 'web-identity': {
      const arn = parseRoleArn(lastOf(settings, 'role_arn') ?? '');
      const sourceProfile = source === 'role' ? lastOf(settings, 'source_profile') : undefined;
      const credentialSource = source === 'role' ? lastOf(settings, 'credential_source') : undefined;
      return {
        name,
        kind: 'role',
        source,
        ...(arn && { account: arn.accountId, role: arn.name }),
        ...(sourceProfile !== undefined && { sourceProfile }),
        ...(credentialSource !== undefined && { credentialSource }),
        ...(renewal !== undefined && { renewal }),
      };
    }
    case 'sso': {
      const account = lastOf(settings, 'sso_account_id');
      const role = lastOf(settings, 'sso_role_name');
      return {
        name,
        kind: 'sso',
        source,
        ...(v.is(accountIdSchema, account) && { account }),
        ...(role !== undefined && { role }),
        ...(renewal !== undefined && { renewal }),
      };
    }
    case 'login':
      return {
        name,
        kind: 'sso',
        source,
        ...sessionOf(lastOf(settings, 'login_session') ?? ''),
        ...(renewal !== undefined && { renewal }),
      };
    case 'process':
      return asksRoleferry(settings, name)
        ? ofRoleferry(files, name, settings)
        : { name, kind: 'process', source };
    case 'keys':
      return ofKeys(name, settings);
    case 'none':
      return { name, kind: 'other', source };
  }
}

async function ofRoleferry(files: AwsFiles, name: string, settings: Settings): Promise<KnownProfile> {
  const cached = await readCache(files, name);
  const kept = cached.ok ? cached.value : undefined;
  return {
    name,
    kind: 'process',
    source: 'roleferry',
    ...(logsIn(lastOf(settings, processKey) ?? '') && { isOnDemand: true }),
    ...(kept && { expiration: kept.credentials.expiration, ...sessionOf(kept.principalArn) }),
    ...(kept?.rights && { rights: kept.rights }),
  };
}

function ofKeys(name: string, settings: Settings): KnownProfile {
  const kind = profileKind(settings.filter(({ key }) => !otherSources.has(key)));
  const expiration = kind === 'temporary' ? isoTime(lastOf(settings, 'x_security_token_expires')) : undefined;
  const rights = kind === 'temporary' ? rightsIn(settings) : undefined;
  return {
    name,
    kind,
    source: 'keys',
    ...(rights && { rights }),
    ...(expiration !== undefined && { expiration }),
    ...sessionOf(lastOf(settings, 'x_principal_arn') ?? ''),
  };
}

/** Account and, of an assumed-role session, role in an ARN. */
function sessionOf(arn: string): { account?: string; role?: string } {
  if (!/^arn:[\x21-\x7e]{1,2044}$/.test(arn)) return {};
  const account = accountOfArn(arn);
  const role = /^arn:[\w-]+:sts::\d+:assumed-role\/([^/]+)\//.exec(arn)?.[1];
  return { ...(account && { account }), ...(role && { role }) };
}

/** The AWS CLI's login for `name`, or for the profile from which it has its credentials in the end. */
function renewalOf(profiles: ReadonlyMap<string, Settings>, name: string): string | undefined {
  const chain = sourceChain(profiles, name);
  const [first = name] = chain.ok ? chain.value : [];
  const login = awsLogins[credentialsSource(profiles.get(first) ?? []) as keyof typeof awsLogins];
  return login && `${login} --profile ${shellWord(first)}`;
}

const awsLogins = { sso: 'aws sso login', login: 'aws login' } as const;
