import { devNull } from 'node:os';
import { endpointVars } from '../../core/profile/env-vars.ts';
import { type AwsFiles, hasDefaultCredentials } from '../../credentials-file/index.ts';
import { environmentWith, regionVariables } from '../profile-use/child-environment.ts';
import type { Endpoint } from './endpoint.ts';

/** The AWS files whose profile `default` AWS tools prefer to an endpoint, by the variables that name the files. */
export async function filesInTheWay({ credentialsFile, configFile }: AwsFiles): Promise<Map<string, string>> {
  const files = [
    ['AWS_SHARED_CREDENTIALS_FILE', credentialsFile],
    ['AWS_CONFIG_FILE', configFile],
  ] as const;
  const inTheWay = await Promise.all(files.map(([, file]) => hasDefaultCredentials(file)));
  return new Map(files.filter((_, index) => inTheWay[index]));
}

/**
 * The environment for a program that gets the credentials of the profile `name` from `endpoint` and from nowhere else: it
 * does not see files that `hidden` names.
 */
export const endpointEnvironment = (
  { uri, token }: Endpoint,
  name: string,
  region: string | undefined,
  hidden: Iterable<string>,
): NodeJS.ProcessEnv =>
  environmentWith({
    ...endpointVars(uri, token),
    ...regionVariables(region),
    ROLEFERRY_PROFILE: name,
    ...Object.fromEntries([...hidden].map((variable) => [variable, devNull])),
  });
