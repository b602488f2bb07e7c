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

const line: Record<Exclude<EnvFormat, 'json'>, (name: string, value: string) => string> = {
  bash: (name, value) => `export ${name}='${value.replaceAll("'", "'\\''")}'`,
  fish: (name, value) => `set -gx ${name} '${value.replace(/[\\']/g, '\\$&')}'`,
  powershell: (name, value) => `$Env:${name} = '${value.replace(/['\u2018\u2019\u201a\u201b]/g, '$&$&')}'`,
  cmd: (name, value) => `set "${name}=${value}"`,
  // Docker's --env-file takes quotes as part of the value, so there are none where none are needed.
  dotenv: (name, value) =>
    /^[\w+/=:.,@-]*$/.test(value) ? `${name}=${value}` : `${name}='${value.replaceAll("'", "\\'")}'`,
};

/**
 * Credentials as text to paste, ending in a line break. JSON is what AWS tools call `credential_process`
 * output, version 1, which has no place for a region; the others set the SDKs' variables, those of the region only
 * where one is given. `accountId`, the account of the credentials where it is known, goes into all of them, since newer
 * SDKs ask the endpoints of the account that they are told.
 */
export function formatEnvVars(
  credentials: Credentials,
  region: string | undefined,
  format: EnvFormat,
  accountId?: string,
): string {
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = credentials;
  if (format === 'json') {
    const output = {
      Version: 1,
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration,
      ...(accountId && { AccountId: accountId }),
    };
    return `${JSON.stringify(output, null, 2)}\n`;
  }
  const variables = {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    AWS_CREDENTIAL_EXPIRATION: expiration,
    ...(accountId && { AWS_ACCOUNT_ID: accountId }),
    ...(region && { AWS_REGION: region, AWS_DEFAULT_REGION: region }),
  };
  return Object.entries(variables)
    .map(([name, value]) => `${line[format](name, value)}\n`)
    .join('');
}
