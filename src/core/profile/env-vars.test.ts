import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { needs, type ToolName } from '../../../test/needs.ts';
import { type EnvFormat, envFormats, formatEnvVars as format, formatProfileVar } from './env-vars.ts';

const credentials = {
  accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
  // No AWS secret looks like this, but quoting must withstand it.
  secretAccessKey: `it's "quoted" $HOME \`id\` %PATH% \\ \\' back\\`,
  sessionToken: 'to+ken/with==',
  expiration: '2026-01-02T03:04:05Z',
};

const plain = { ...credentials, secretAccessKey: 'abc/+=' };

/** The text, if it can be made. */
function formatEnvVars(...args: Parameters<typeof format>): string {
  const text = format(...args);
  if (!text.ok) throw new Error(text.failure.code);
  return text.value;
}

/** What a shell makes of the text: the variables' values. */
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
    const variables = evaluated(shell, formatEnvVars(credentials, format, '111122223333')).split('\0');
    expect(variables).toEqual(
      expect.arrayContaining([
        `AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
        `AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
        `AWS_SESSION_TOKEN=${credentials.sessionToken}`,
        `AWS_CREDENTIAL_EXPIRATION=${credentials.expiration}`,
        'AWS_ACCOUNT_ID=111122223333',
      ]),
    );
  });

  it.each(envFormats)('leave the region of the shell alone: %s', (format) => {
    expect(formatEnvVars(plain, format)).not.toContain('REGION');
  });

  it('are quoted for PowerShell, typographic quotes too', () => {
    const text = formatEnvVars({ ...credentials, secretAccessKey: "a'b’c" }, 'powershell');
    expect(text).toContain("$Env:AWS_SECRET_ACCESS_KEY = 'a''b’’c'\n");
  });

  it('are set in cmd.exe so that no blank becomes part of a value', () => {
    expect(formatEnvVars(plain, 'cmd')).toContain('set "AWS_SESSION_TOKEN=to+ken/with=="\n');
  });

  it('stand without quotes in a .env file, which Docker would take for part of the value', () => {
    const text = formatEnvVars(plain, 'dotenv');
    expect(text).toContain('AWS_SECRET_ACCESS_KEY=abc/+=\n');
    expect(text).not.toContain("'");
  });

  it('are what a credential_process answers, as JSON', () => {
    expect(JSON.parse(formatEnvVars(credentials, 'json'))).toEqual({
      Version: 1,
      AccessKeyId: credentials.accessKeyId,
      SecretAccessKey: credentials.secretAccessKey,
      SessionToken: credentials.sessionToken,
      Expiration: credentials.expiration,
    });
    const withAccount = JSON.parse(formatEnvVars(credentials, 'json', '111122223333'));
    expect(withAccount).toMatchObject({ Version: 1, AccountId: '111122223333' });
  });

  it('have quotes in a file for Docker only where a value needs them', () => {
    const withToken = (sessionToken: string) => formatEnvVars({ ...plain, sessionToken }, 'dotenv');
    expect(withToken('a b')).toContain("\nAWS_SESSION_TOKEN='a b'\n");
    expect(withToken('a+b')).toContain('\nAWS_SESSION_TOKEN=a+b\n');
  });

  const everywhere: EnvFormat[] = ['bash', 'fish', 'powershell', 'cmd', 'dotenv'];
  const unfit: [string, EnvFormat[]][] = [
    ['x" & calc & rem "', ['cmd']],
    ['x"&calc', ['cmd']],
    ['%PATH%', ['cmd']],
    ['%%a', ['cmd']],
    ['!PATH!', ['cmd']],
    ['x^', ['cmd']],
    ['x|calc', ['cmd']],
    ['x>file', ['cmd']],
    ['(x)', ['cmd']],
    ['x y', ['cmd']],
    // Code pages turn these into quotes and other special characters.
    ['\uff02&calc', ['cmd']],
    ['\u2033', ['cmd']],
    ["it's", ['cmd', 'dotenv']],
    ['back\\', ['cmd', 'dotenv']],
    ['x\ncalc', everywhere],
    ['x\rcalc', everywhere],
    ['x\tcalc', everywhere],
    ['x\u0000', everywhere],
    ['x\u001a', everywhere],
    ['x\u001b[201~\u0003', everywhere],
    ['x\u0085', everywhere],
    ['x\u2028', everywhere],
    ['x\u202e', everywhere],
  ];
  it.each(unfit.flatMap(([value, formats]) => formats.map((one) => [one, value] as const)))(
    'are refused for %s where the token is %j, without a word of theirs',
    (one, value) => {
      const text = format({ ...plain, sessionToken: value }, one);
      expect(text).toMatchObject({
        ok: false,
        failure: saying('env-value-unfit', 'AWS_SESSION_TOKEN'),
      });
      expect(JSON.stringify(text)).not.toContain('abc/+=');
    },
  );

  it('are refused for cmd.exe where a secret would be expanded', () => {
    expect(format({ ...credentials, secretAccessKey: 'a%b%' }, 'cmd')).toMatchObject({
      ok: false,
    });
  });
});

describe('the variable that names the profile', () => {
  it.each([
    ['bash', "export AWS_PROFILE='dev'\n"],
    ['fish', "set -gx AWS_PROFILE 'dev'\n"],
    ['powershell', "$Env:AWS_PROFILE = 'dev'\n"],
    ['cmd', 'set "AWS_PROFILE=dev"\n'],
    ['dotenv', 'AWS_PROFILE=dev\n'],
  ] as const)('is one line for %s', (shell, line) => {
    expect(formatProfileVar('dev', shell)).toEqual({ ok: true, value: line });
  });

  it('is refused where cmd.exe would expand it', () => {
    expect(formatProfileVar('%TEMP%', 'cmd')).toMatchObject({
      ok: false,
      failure: { code: 'env-value-unfit', params: { variable: 'AWS_PROFILE' } },
    });
  });
});
