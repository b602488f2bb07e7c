import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cliForTest } from '../fixtures/cli.ts';
import { interruptInPty } from '../fixtures/run-in-pty.ts';
import { needs } from '../needs.ts';

const cli = cliForTest();

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

const temporary = (name: string, expiration: string, role = 'Developer') =>
  `[${name}]\naws_access_key_id = ASIAEXAMPLEEXAMPLE12\naws_secret_access_key = hushhush\n` +
  `aws_session_token = hushhush\nx_security_token_expires = ${expiration}\n` +
  `x_principal_arn = arn:aws:sts::111122223333:assumed-role/${role}/jo@example.org\n`;
const mine = '[mine]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = hushhush\n';

const profiles = () =>
  cli.put(
    '.aws/credentials',
    `${temporary('dev', inMinutes(200.5))}${temporary('old', '2020-01-01T00:00:00Z', 'Admin')}${mine}`,
  );

describe('roleferry list', () => {
  it('shows each profile with its account, its role and the time left', () => {
    profiles();
    expect(cli.look('list')).toEqual({
      status: 0,
      stderr: '',
      stdout: [
        'PROFILE  ACCOUNT       ROLE       TIME LEFT',
        'dev      111122223333  Developer  3 h 20 min',
        'old      111122223333  Admin      expired',
        'mine                              no end (long-lived keys)',
        '',
      ].join('\n'),
    });
  });

  it('shows only profiles that have a text in name, account or role, whatever its case', () => {
    profiles();
    expect(cli.look('list', 'admin', '--names').stdout).toBe('old\n');
    expect(cli.look('list', 'DE', '--names').stdout).toBe('dev\n');
    expect(cli.look('list', '22223333', '--names').stdout).toBe('dev\nold\n');
    expect(cli.look('list', 'typo')).toEqual({
      status: 0,
      stdout: '',
      stderr: 'no profile has typo in its name, account or role\n',
    });
  });

  it('tells a program the same in JSON, and no secret', () => {
    profiles();
    const { status, stdout, stderr } = cli.look('list', '--json');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(JSON.parse(stdout)).toMatchObject([
      { profile: 'dev', kind: 'temporary', account: '111122223333', role: 'Developer' },
      { profile: 'old', expiration: '2020-01-01T00:00:00.000Z', secondsLeft: 0 },
      { profile: 'mine', kind: 'long-lived', account: null, role: null, expiration: null, secondsLeft: null },
    ]);
    expect(stdout).not.toMatch(/hushhush|ASIA|AKIA/);
  });

  it('says of a profile with fewer rights what it may do at most', () => {
    const lesser = `${temporary('look', inMinutes(200.5))}x_session_policy = read-only\n`;
    cli.put('.aws/credentials', temporary('dev', inMinutes(200.5)) + lesser);
    expect(cli.look('list').stdout).toContain('look     111122223333  Developer (read-only)  3 h 20 min\n');
    const shown = JSON.parse(cli.look('list', '--json').stdout);
    expect(shown).toMatchObject([{ rights: null }, { role: 'Developer', rights: 'read-only' }]);
  });

  it('lets no word of the file steer a terminal', () => {
    cli.put('.aws/credentials', temporary('dev', inMinutes(200.5), 'Dev\u001b[31m\u009b32m\u202e'));
    for (const args of [[], ['--json']]) {
      const { stdout, stderr } = cli.look('list', ...args);
      expect(stderr).toContain('line 6 cannot be understood');
      expect(stdout + stderr).not.toMatch(/[\p{Cf}]|[^\P{Cc}\n]/u);
    }
  });

  it('prints names alone for a shell', () => {
    profiles();
    expect(cli.look('list', '--names')).toEqual({ status: 0, stdout: 'dev\nold\nmine\n', stderr: '' });
  });

  it('says on stderr what to do when there is none', () => {
    const { status, stdout, stderr } = cli.look('list');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(/^no profiles in .*\nhint: .*save.*\n$/);
    expect(cli.look('list', '--json')).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
  });

  it('names the line of a file that it does not understand', () => {
    cli.put('.aws/credentials', '[dev]\nnonsense\n');
    const { status, stdout, stderr } = cli.look('list');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('line 2');
  });

  it('says so when it does not understand a line of the config file, and ends with 1', () => {
    profiles();
    const expected = cli.look('list', '--names').stdout;
    cli.put('.aws/config', '[default]\nregion = x\n[profile dev\n');
    for (const form of ['--names', '--json', '--']) {
      const { status, stdout, stderr } = cli.look('list', form);
      expect(status).toBe(1);
      expect(stdout).toContain(expected.split('\n')[0]);
      expect(stderr).toMatch(/^roleferry: In .*config line 3 cannot be understood: .*\nhint: /);
    }
    rmSync(join(cli.home, '.aws/credentials'));
    expect(cli.look('list')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^default +settings only$/m),
    });
    cli.put('.aws/config', '[profile dev\n');
    expect(cli.look('list')).toMatchObject({ status: 1, stdout: '' });
  });

  it('says that it cannot read the file', () => {
    mkdirSync(join(cli.home, '.aws/credentials'), { recursive: true });
    const { status, stdout, stderr } = cli.look('list', '--json');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^roleferry: .*cannot be read: it is a folder\.\nhint: /);
  });

  it('never looks for the files in the current folder, not even where HOME is empty', () => {
    profiles();
    const { HOME: _, ...env } = process.env;
    const run = (more: object) =>
      spawnSync(process.execPath, [cli.program, 'list', '--names'], {
        env: { ...env, AWS_CONFIG_FILE: '/dev/null', ...more },
        cwd: cli.home,
        encoding: 'utf8',
      });
    const [empty, none] = [run({ HOME: '' }), run({})];
    expect([empty.status, empty.stdout, empty.stderr]).toEqual([none.status, none.stdout, none.stderr]);
    expect(empty.stdout).not.toMatch(/^(dev|old)$/m);
  });

  const python = needs('python3');

  /** What stands at a terminal that does not tell its width. */
  async function atTerminal(env: Record<string, string>): Promise<string> {
    const command = [process.execPath, cli.program, 'list'];
    const given = { HOME: cli.home, TERM: 'xterm', ...env };
    return (await interruptInPty(python.path, 'nothing to interrupt', command, given)).said;
  }

  it.skipIf(python.missing)('cuts nothing at a terminal that does not tell its width', async () => {
    profiles();
    expect(await atTerminal({})).toContain('111122223333  Developer  3 h 20 min');
  });

  it.skipIf(python.missing)('is plain when NO_COLOR is set, unless to nothing', async () => {
    profiles();
    expect(await atTerminal({ NO_COLOR: '' })).toContain('\u001b[31mold');
    expect(await atTerminal({ NO_COLOR: '0' })).not.toContain('\u001b');
  });

  it('takes contradicting options for a mistake', () => {
    const { status, stdout, stderr } = cli.look('list', '--json', '--names');
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^roleferry: .*--names.*\nhint: /);
  });
});
