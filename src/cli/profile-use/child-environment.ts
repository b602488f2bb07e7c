import type { UsableCredentials } from '../../core/profile/credentials.ts';

/**
 * Variables that make an AWS tool ignore the given credentials or mix them with others. Some SDKs prefer `AWS_PROFILE` to
 * keys in the environment, and use account and scope with the keys.
 *
 * Source: AWS SDKs and Tools Reference Guide, "Environment variables support"; `AWS_SECURITY_TOKEN`,
 * `AWS_ACCESS_KEY` and `AWS_SECRET_KEY` are older names that boto and the Java SDK still read.
 */
const inTheWay: ReadonlySet<string> = new Set([
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_ACCOUNT_ID',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CREDENTIAL_EXPIRATION',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_DEFAULT_PROFILE',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'AWS_SECURITY_TOKEN',
  'AWS_SESSION_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  // A prompt must not name the profile of a shell around.
  'ROLEFERRY_PROFILE',
]);

/** The region to give a program; `undefined` if the environment names one, which stays. */
export const unlessSet = (region: string | undefined): string | undefined =>
  process.env.AWS_REGION || process.env.AWS_DEFAULT_REGION ? undefined : region;

/**
 * The environment for a program that uses `credentials`: this process's, without what would win over them. Without
 * `region`, this process's region stays. `accountId`: the credentials' account, if known. `profile`: the profile that they
 * are of, if any; prompts show it.
 */
export const childEnvironment = (
  { accessKeyId, secretAccessKey, sessionToken, expiration }: UsableCredentials,
  region: string | undefined,
  accountId: string | undefined,
  profile?: string,
): NodeJS.ProcessEnv =>
  environmentWith({
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken !== undefined && { AWS_SESSION_TOKEN: sessionToken }),
    ...(expiration !== undefined && { AWS_CREDENTIAL_EXPIRATION: expiration }),
    ...(accountId !== undefined && { AWS_ACCOUNT_ID: accountId }),
    ...regionVariables(region),
    ...(profile !== undefined && { ROLEFERRY_PROFILE: profile }),
  });

export const regionVariables = (region: string | undefined): Record<string, string> =>
  region === undefined ? {} : { AWS_REGION: region, AWS_DEFAULT_REGION: region };

/** This process's environment with the `given` variables, and without what would win over them. */
export function environmentWith(given: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  // Compare names in capitals, since Windows ignores case.
  const kept = Object.entries(process.env).filter(([name]) => {
    const known = name.toUpperCase();
    return !inTheWay.has(known) && !(known in given);
  });
  return { ...Object.fromEntries(kept), ...given };
}
