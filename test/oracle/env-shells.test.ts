import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';
import { needs, type ToolName } from '../needs.ts';

let cli: BuiltCli;
let home: CliHome;

beforeAll(async () => {
  cli = await buildCli();
  home = cli.newHome({ credentials: temporarySection('dev'), config: '[profile dev]\nregion = eu-west-1\n' });
}, 60_000);
afterAll(() => cli?.close());

const evaluations = {
  bash: ['--norc', 'eval "$("$@")"; env -0'],
  zsh: ['-f', 'eval "$("$@")"; env -0'],
  fish: ['--no-config', '$argv | source; env -0'],
} as const;

describe.each(['bash', 'zsh', 'fish'] as const)('what roleferry env prints, in a real %s', (shell) => {
  const missing = shell !== 'bash' && needs(shell satisfies ToolName | 'bash').missing;

  /** The environment after the line of the help, once with `--shell` and once without. */
  function evaluated(args: string[]): Map<string, string> {
    const [plain, line] = evaluations[shell];
    const command = [process.execPath, cli.file, 'env', '--profile', 'dev', ...args];
    const first = shell === 'fish' ? [] : [shell];
    const output = execFileSync(shell, [plain, '-c', line, ...first, ...command], {
      env: { ...home.env, SHELL: `/usr/bin/${shell}`, AWS_REGION: 'us-west-2' },
      encoding: 'utf8',
    });
    return new Map(
      output.split('\0').map((entry) => {
        const equals = entry.indexOf('=');
        return [entry.slice(0, equals), entry.slice(equals + 1)];
      }),
    );
  }

  it.skipIf(missing).each([[['--shell', shell]], [[]]])(
    'sets each variable to its very value, and leaves the region as it is: %j',
    (args) => {
      expect(Object.fromEntries(evaluated(args))).toMatchObject({
        AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE12',
        AWS_SECRET_ACCESS_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789+/ab',
        AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEXAMPLE+/token==',
        AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00.000Z',
        AWS_REGION: 'us-west-2',
        HOME: home.path,
      });
    },
  );
});
