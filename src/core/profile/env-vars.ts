import { failure } from '../failure.ts';
import { failed, ok, type Result } from '../result.ts';
import type { UsableCredentials } from './credentials.ts';

/** The shells and files that credentials can be copied for. */
export const envFormats = ['bash', 'fish', 'powershell', 'cmd', 'dotenv', 'json'] as const;

export type EnvFormat = (typeof envFormats)[number];

/** Each format's name, as users see it. */
export const envFormatNames: Record<EnvFormat, string> = {
  bash: 'bash / zsh',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd.exe',
  dotenv: '.env file',
  json: 'JSON',
};

/** JSON is for credentials alone. */
export type ShellFormat = Exclude<EnvFormat, 'json'>;

const line: Record<ShellFormat, (name: string, value: string) => string> = {
  bash: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  fish: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`,
  powershell: (name, value) => `$Env:${name} = '${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
  // Docker's --env-file takes quotes as part of the value, so quotes are added only if needed.
  dotenv: (name, value) => (plain.test(value) ? `${name}=${value}` : `${name}='${value}'`),
};

/** Characters that mean themselves everywhere. */
const plain = /^[\w+/=:.,@-]*$/;

/** A pasted line ends at a line break, and a terminal obeys other invisible characters. */
const seen = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;

/** The values that each format can express so that they come out the same and nothing else happens. */
const fit: Record<ShellFormat, RegExp> = {
  bash: seen,
  fish: seen,
  powershell: seen,
  // Nothing escapes `%` both at the prompt and in a batch file, and delayed expansion or a quote in the value changes
  // what quotes protect. In another code page, non-ASCII characters may become one of these.
  cmd: plain,
  // Readers of such files differ on what ends or precedes the closing quote.
  dotenv: /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}'\\]*$/u,
};

/**
 * Credentials as text to paste, ending in a line break. `accountId`, if known, goes into all of them, since newer SDKs
 * use that account's endpoints. No region: a shell's own stays. `profile`, if given, goes into `ROLEFERRY_PROFILE` for
 * prompts, where the format can hold the name. Failure: `env-value-unfit` if a value would be run, expanded or changed.
 */
export function formatEnvVars(
  credentials: UsableCredentials,
  format: EnvFormat,
  accountId?: string,
  profile?: string,
): Result<string> {
  if (format === 'json') return ok(credentialsJson(credentials, accountId));
  return shellLines(
    {
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      ...(credentials.sessionToken && { AWS_SESSION_TOKEN: credentials.sessionToken }),
      ...(credentials.expiration && { AWS_CREDENTIAL_EXPIRATION: credentials.expiration }),
      ...(accountId && { AWS_ACCOUNT_ID: accountId }),
      ...(profile && fit[format].test(profile) && { ROLEFERRY_PROFILE: profile }),
    },
    format,
  );
}

/**
 * The one variable that tells AWS tools the profile, as text to paste; nothing secret. Failure: `env-value-unfit`.
 */
export const formatProfileVar = (profile: string, format: ShellFormat): Result<string> =>
  shellLines({ AWS_PROFILE: profile }, format);

/** The variables that lead AWS tools to a container credentials endpoint. Failure: `env-value-unfit`. */
export function formatEndpointVars(uri: string, token: string, format: EnvFormat): Result<string> {
  const variables = endpointVars(uri, token);
  return format === 'json' ? ok(`${JSON.stringify(variables, null, 2)}\n`) : shellLines(variables, format);
}

export const endpointVars = (uri: string, token: string) => ({
  AWS_CONTAINER_CREDENTIALS_FULL_URI: uri,
  AWS_CONTAINER_AUTHORIZATION_TOKEN: token,
});

function shellLines(values: Readonly<Record<string, string>>, format: ShellFormat): Result<string> {
  const variables = Object.entries(values);
  const unfit = variables.find(([, value]) => !fit[format].test(value));
  if (unfit !== undefined) {
    return failed(failure('env-value-unfit', { variable: unfit[0], format: envFormatNames[format] }));
  }
  return ok(variables.map(([name, value]) => `${line[format](name, value)}\n`).join(''));
}

/** Credentials as AWS tools expect them from a `credential_process`, version 1, ending in a line break. */
export function credentialsJson(credentials: UsableCredentials, accountId?: string): string {
  const output = {
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    ...(credentials.sessionToken && { SessionToken: credentials.sessionToken }),
    ...(credentials.expiration && { Expiration: credentials.expiration }),
    ...(accountId && { AccountId: accountId }),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}
