import type { Credentials } from '../../core/profile/credentials.ts';

/**
 * Variables with which an AWS tool would pass by the credentials that it is given, or mix them with others. Some
 * SDKs prefer `AWS_PROFILE` to keys in the environment, and take account and scope for those of the keys.
 *
 * Source: AWS SDKs and Tools Reference Guide, "Environment variables support"; `AWS_SECURITY_TOKEN`,
 * `AWS_ACCESS_KEY` and `AWS_SECRET_KEY` are older names that boto and the Java SDK still read.
 */
const inTheWay: ReadonlySet<string> = new Set([
  'AWS_ACCESS_KEY',
  'AWS_ACCOUNT_ID',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN',
  'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CREDENTIAL_SCOPE',
  'AWS_DEFAULT_PROFILE',
  'AWS_PROFILE',
  'AWS_ROLE_ARN',
  'AWS_ROLE_SESSION_NAME',
  'AWS_SECRET_KEY',
  'AWS_SECURITY_TOKEN',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
]);

/**
 * The environment of a program that is to use `credentials`: this process's own, without what would win over them.
 * Without a `region` the one of this process stays. `accountId`: of the credentials, where it is known.
 */
export function childEnvironment(
  { accessKeyId, secretAccessKey, sessionToken, expiration }: Credentials,
  region: string | undefined,
  accountId: string | undefined,
): NodeJS.ProcessEnv {
  const given = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CREDENTIAL_EXPIRATION: expiration,
    ...(accountId !== undefined && { AWS_ACCOUNT_ID: accountId }),
    ...(region !== undefined && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
  };
  // Names are compared in capitals, since Windows makes no difference.
  const kept = Object.entries(process.env).filter(([name]) => {
    const known = name.toUpperCase();
    return !inTheWay.has(known) && !(known in given);
  });
  return { ...Object.fromEntries(kept), ...given };
}
