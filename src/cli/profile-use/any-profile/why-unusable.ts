import { parseRoleArn } from '../../../core/aws/role.ts';
import {
  type AwsFiles,
  credentialsSource,
  lastOf,
  readSsoSessions,
  type Settings,
} from '../../../credentials-file/index.ts';

/** Why the settings of a profile lead to no credentials, whoever is asked; `undefined` if they may. */
export async function whyUnusable(files: AwsFiles, settings: Settings): Promise<string | undefined> {
  switch (credentialsSource(settings)) {
    case 'role':
      return whyNoRole(settings);
    case 'sso':
      return whyNoSso(files, settings);
    case 'none':
      return 'they name no source of credentials';
    default:
      return undefined;
  }
}

function whyNoRole(settings: Settings): string | undefined {
  if (parseRoleArn(lastOf(settings, 'role_arn') ?? '') === undefined)
    return 'role_arn is not the ARN of a role';
  const sources = ['source_profile', 'credential_source'].filter(
    (key) => lastOf(settings, key) !== undefined,
  );
  if (sources.length === 1) return whyNoSource(settings);
  const has = sources.length === 0 ? 'neither source_profile nor' : 'both source_profile and';
  return `beside role_arn there is ${has} credential_source`;
}

// https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html
const credentialSources = ['Environment', 'Ec2InstanceMetadata', 'EcsContainer'];

function whyNoSource(settings: Settings): string | undefined {
  const source = lastOf(settings, 'credential_source');
  return source === undefined || credentialSources.includes(source)
    ? undefined
    : `credential_source is ${source}, which is none of ${credentialSources.join(', ')}`;
}

async function whyNoSso({ configFile }: AwsFiles, settings: Settings): Promise<string | undefined> {
  const session = lastOf(settings, 'sso_session');
  const needed = session === undefined ? ['sso_start_url', 'sso_region'] : [];
  const missing = ['sso_account_id', 'sso_role_name', ...needed].find(
    (key) => lastOf(settings, key) === undefined,
  );
  if (missing !== undefined) return `${missing} is missing`;
  if (session === undefined) return undefined;
  const sessions = await readSsoSessions(configFile);
  return sessions.has(session) ? undefined : `the config file has no section [sso-session ${session}]`;
}
