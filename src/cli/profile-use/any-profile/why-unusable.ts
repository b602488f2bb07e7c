import { readFile, stat } from 'node:fs/promises';
import { parseRoleArn } from '../../../core/aws/role.ts';
import { type Failure, failure } from '../../../core/failure.ts';
import type { Reason } from '../../../core/failure-reasons.ts';
import {
  type AwsFiles,
  credentialsSource,
  lastOf,
  readSsoSessions,
  type Settings,
} from '../../../credentials-file/index.ts';
import { errorCode, reasonOf } from '../../../disk/fs-failure.ts';

/**
 * Why the settings of the profile `profile` lead to no credentials, whoever is asked; `undefined` if they may. Failures:
 * `profile-settings-unusable`, `web-identity-token-unreadable`, `instance-metadata-disabled`.
 */
export async function whyUnusable(
  files: AwsFiles,
  profile: string,
  settings: Settings,
): Promise<Failure | undefined> {
  const file = credentialsSource(settings) === 'web-identity' && lastOf(settings, 'web_identity_token_file');
  if (file) {
    const reason = await whyNoToken(file);
    return reason && failure('web-identity-token-unreadable', { profile, file, reason });
  }
  const reason = await whySettingsUnusable(files, settings);
  if (reason === undefined && mayNotAskMachine(settings)) {
    return failure('instance-metadata-disabled', { profile });
  }
  return reason === undefined ? undefined : failure('profile-settings-unusable', { profile, reason });
}

/** As botocore does. The SDK heeds the variable only if no profile names the machine. */
const mayNotAskMachine = (settings: Settings): boolean =>
  lastOf(settings, 'credential_source') === 'Ec2InstanceMetadata' &&
  process.env.AWS_EC2_METADATA_DISABLED?.toLowerCase() === 'true';

async function whyNoToken(file: string): Promise<Reason<'file'> | undefined> {
  try {
    const found = await stat(file);
    if (found.isDirectory()) return 'folder';
    // What a pipe holds can be read only once.
    if (!found.isFile()) return undefined;
    return (await readFile(file, 'latin1')).trim() === '' ? 'empty' : undefined;
  } catch (error) {
    return errorCode(error) === 'ENOENT' ? 'file-missing' : reasonOf(error);
  }
}

async function whySettingsUnusable(files: AwsFiles, settings: Settings): Promise<string | undefined> {
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
