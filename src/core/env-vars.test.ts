import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { needs, type ToolName } from '../../test/needs.ts';
import { formatEnvVars } from './env-vars.ts';

const credentials = {
  accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
  // No AWS secret looks like this, but what quotes must withstand is this.
  secretAccessKey: `it's "quoted" $HOME \`id\` %PATH% \\ \\' back\\`,
  sessionToken: 'to+ken/with==',
  expiration: '2026-01-02T03:04:05Z',
};

const region = 'eu-west-1';

/** What a shell makes of the text: the values of the variables. */
function evaluated(shell: string, text: string): string {
  const plain = { bash: '--norc', zsh: '-f', fish: '--no-config' }[shell] ?? '';
  return execFileSync(shell, [plain, '-c', `${text}env -0`], {
    env: { PATH: process.env.PATH },
    encoding: 'utf8',
  });
}

describe('credentials as env vars', () => {
  it.each([
    ['bash', 'bash', undefined],
    ['zsh', 'bash', 'zsh'],
    ['fish', 'fish', 'fish'],
  ] as const)('mean the same in a real %s', (shell, format, tool) => {
    if (tool !== undefined && needs(tool satisfies ToolName).missing) return;
    const variables = evaluated(shell, formatEnvVars(credentials, region, format, '111122223333')).split(
      '\0',
    );
    expect(variables).toEqual(
      expect.arrayContaining([
        `AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
        `AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
        `AWS_SESSION_TOKEN=${credentials.sessionToken}`,
        `AWS_CREDENTIAL_EXPIRATION=${credentials.expiration}`,
        'AWS_ACCOUNT_ID=111122223333',
        `AWS_REGION=${region}`,
        `AWS_DEFAULT_REGION=${region}`,
      ]),
    );
  });

  it('are quoted for PowerShell, typographic quotes too', () => {
    const text = formatEnvVars({ ...credentials, secretAccessKey: "a'b’c" }, region, 'powershell');
    expect(text).toContain("$Env:AWS_SECRET_ACCESS_KEY = 'a''b’’c'\n");
  });

  it('are set in cmd.exe so that no blank becomes part of a value', () => {
    expect(formatEnvVars(credentials, region, 'cmd')).toContain('set "AWS_SESSION_TOKEN=to+ken/with=="\n');
  });

  it('stand without quotes in a .env file, which Docker would take for part of the value', () => {
    const text = formatEnvVars({ ...credentials, secretAccessKey: 'abc/+=' }, region, 'dotenv');
    expect(text).toContain('AWS_SECRET_ACCESS_KEY=abc/+=\n');
    expect(text).not.toContain("'");
  });

  it('are what a credential_process answers, as JSON', () => {
    expect(JSON.parse(formatEnvVars(credentials, region, 'json'))).toEqual({
      Version: 1,
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiration,
    });
    const withAccount = JSON.parse(formatEnvVars(credentials, region, 'json', '111122223333'));
    expect(withAccount).toMatchObject({ Version: 1, AccountId: '111122223333' });
  });
});
