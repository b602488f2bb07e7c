import {
  type AwsFiles,
  credentialsSource,
  lastOf,
  readSsoSessions,
  type Settings,
} from '../../credentials-file/index.ts';

/** Why the settings of a profile lead to no credentials, whoever is asked; `undefined` if they may. */
export async function whyUnusable(files: AwsFiles, settings: Settings): Promise<string | undefined> {
  switch (credentialsSource(settings)) {
    case 'role':
      return lastOf(settings, 'credential_source') === undefined
        ? 'it has role_arn, but neither source_profile nor credential_source'
        : undefined;
    case 'sso':
      return whyNoSso(files, settings);
    case 'none':
      return 'they name no source of credentials';
    default:
      return undefined;
  }
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
