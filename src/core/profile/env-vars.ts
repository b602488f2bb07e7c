import { failure } from '../failure.ts';
import { failed, ok, type Result } from '../result.ts';
import type { Credentials } from './credentials.ts';

/** The shells and files that credentials can be copied for. */
export const envFormats = ['bash', 'fish', 'powershell', 'cmd', 'dotenv', 'json'] as const;

export type EnvFormat = (typeof envFormats)[number];

/** What a person sees of each format. */
export const envFormatNames: Record<EnvFormat, string> = {
  bash: 'bash / zsh',
  fish: 'fish',
  powershell: 'PowerShell',
  cmd: 'cmd.exe',
  dotenv: '.env file',
  json: 'JSON',
};

type ShellFormat = Exclude<EnvFormat, 'json'>;

const line: Record<ShellFormat, (name: string, value: string) => string> = {
  bash: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  fish: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`,
  powershell: (name, value) => `$Env:${name} = '${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
  // Docker's --env-file takes quotes as part of the value, so there are none where none are needed.
  dotenv: (name, value) => (plain.test(value) ? `${name}=${value}` : `${name}='${value}'`),
};

/** What means itself everywhere. */
const plain = /^[\w+/=:.,@-]*$/;

/** A line that is pasted ends at a line break, and a terminal obeys other characters that are not seen. */
const seen = /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]*$/u;

/** The values that can be said in each format so that they come out the same and nothing else happens. */
const fit: Record<ShellFormat, RegExp> = {
  bash: seen,
  fish: seen,
  powershell: seen,
  // Nothing escapes `%` both at the prompt and in a batch file, and what quotes protect changes with delayed expansion
  // and with a quote in the value. What is not ASCII may become one of these in another code page.
  cmd: plain,
  // What ends the quotes, or goes before their end, means something else to each reader of such files.
  dotenv: /^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}'\\]*$/u,
};

/**
 * Credentials as text to paste, ending in a line break: for shells the SDKs' variables, those of the region only where
 * one is given; JSON has no place for a region. `accountId`, the account of the credentials where it is known, goes
 * into all of them, since newer SDKs ask the endpoints of the account that they are told. Failure: `env-value-unfit`
 * when a value would be run or expanded, or come out as another.
 */
export function formatEnvVars(
  credentials: Credentials,
  region: string | undefined,
  format: EnvFormat,
  accountId?: string,
): Result<string> {
  if (format === 'json') return ok(credentialsJson(credentials, accountId));
  const variables = Object.entries({
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
    AWS_CREDENTIAL_EXPIRATION: credentials.expiration,
    ...(accountId && { AWS_ACCOUNT_ID: accountId }),
    ...(region && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
  });
  const unfit = variables.find(([, value]) => !fit[format].test(value));
  if (unfit !== undefined) {
    return failed(failure('env-value-unfit', { variable: unfit[0], format: envFormatNames[format] }));
  }
  return ok(variables.map(([name, value]) => `${line[format](name, value)}\n`).join(''));
}

/** Credentials as AWS tools want them from a `credential_process`, version 1, ending in a line break. */
export function credentialsJson(credentials: Credentials, accountId?: string): string {
  const output = {
    Version: 1,
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: credentials.expiration,
    ...(accountId && { AccountId: accountId }),
  };
  return `${JSON.stringify(output, null, 2)}\n`;
}
