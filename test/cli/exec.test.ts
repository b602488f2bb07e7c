import { once } from 'node:events';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';
import { interruptInPty } from '../fixtures/run-in-pty.ts';
import { needs } from '../needs.ts';

let cli: BuiltCli;
let home: CliHome;

const longLived = '[mine]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\n';
const undated = temporarySection('undated').replace(/x_security.*\n/, '');

beforeAll(async () => {
  cli = await buildCli();
  home = cli.newHome({
    credentials: `${temporarySection('dev')}${temporarySection('old', { expiration: '2020-01-01T00:00:00Z' })}${longLived}${undated}`,
    config: '[profile dev]\nregion = eu-central-1\n',
  });
}, 60_000);
afterAll(() => cli.close());

const exec = (args: string[], env: Record<string, string> = {}) => home.run(['exec', ...args], env);
const node = ['--profile', 'dev', '--', process.execPath, '-e'];
const shownEnv = 'console.log(JSON.stringify(process.env))';

describe('roleferry exec', () => {
  it('gives the command the credentials and the region of the profile, and its arguments as they are', () => {
    const program = 'console.log(JSON.stringify([process.argv.slice(1), process.env]))';
    const words = ['a b', '$HOME', '`id`', '*', '', '--profile', '"\'', 'é'];
    const { status, stdout, stderr } = exec([...node, program, '--', ...words]);
    expect([status, stderr]).toEqual([0, '']);
    const [args, env] = JSON.parse(stdout);
    expect(args).toEqual(words);
    expect(env).toMatchObject({
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE12',
      AWS_SECRET_ACCESS_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789+/ab',
      AWS_SESSION_TOKEN: 'FwoGZXIvYXdzEXAMPLE+/token==',
      AWS_CREDENTIAL_EXPIRATION: '2099-01-01T00:00:00.000Z',
      AWS_REGION: 'eu-central-1',
      AWS_DEFAULT_REGION: 'eu-central-1',
      HOME: home.path,
    });
  });

  it('takes away what would win over them, and nothing else', () => {
    const names = ['PROFILE', 'DEFAULT_PROFILE', 'SECURITY_TOKEN', 'ROLE_ARN', 'WEB_IDENTITY_TOKEN_FILE'];
    const uri = ['AWS_CONTAINER_CREDENTIALS_FULL_URI', 'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI'];
    const inTheWay = [...names.map((name) => `AWS_${name}`), ...uri];
    const given = Object.fromEntries(inTheWay.map((name) => [name, 'x']));
    const kept = { AWS_CA_BUNDLE: '/ca', AWS_CONFIG_FILE: home.configFile, EDITOR: 'ed' };
    const old = { AWS_ACCESS_KEY_ID: 'AKIAOLD', AWS_SESSION_TOKEN: 'old', AWS_REGION: 'us-west-2' };
    const { stdout } = exec([...node, shownEnv], { ...given, ...kept, ...old });
    const env = JSON.parse(stdout);
    expect(Object.keys(env).filter((name) => inTheWay.includes(name))).toEqual([]);
    expect(env).toMatchObject({
      ...kept,
      AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE12',
      AWS_REGION: 'us-west-2',
    });
  });

  it.each(['AWS_REGION', 'AWS_DEFAULT_REGION'])('leaves the region of %s as it is', (name) => {
    const env = JSON.parse(exec([...node, shownEnv], { [name]: 'us-west-2' }).stdout);
    const regions = Object.entries(env).filter(([key]) => key.endsWith('REGION'));
    expect(regions).toEqual([[name, 'us-west-2']]);
  });

  it('names the account of the credentials, whatever account the environment names', () => {
    const { stdout } = exec([...node, shownEnv], { AWS_ACCOUNT_ID: '999988887777' });
    expect(JSON.parse(stdout)).toMatchObject({ AWS_ACCOUNT_ID: '111122223333' });
  });

  it('is for the profile of AWS_PROFILE when it is not told', () => {
    const { status, stdout } = exec(['--', process.execPath, '-e', shownEnv], { AWS_PROFILE: 'dev' });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ AWS_ACCESS_KEY_ID: 'ASIAEXAMPLEEXAMPLE12' });
    expect(exec(['--', 'true'])).toMatchObject({ status: 2, stdout: '' });
  });

  it.each([0, 1, 7, 255])('ends with the status %d of the command', (status) => {
    expect(exec([...node, `process.exit(${status})`]).status).toBe(status);
  });

  it.each([
    ['is not there', 'no-such-program', 127, 'no program no-such-program'],
    ['is no program', './not-a-program', 126, 'permission denied'],
    ['is a folder', './.aws', 126, 'permission denied'],
  ])('ends as a shell does when the command %s', (_, file, status, words) => {
    writeFileSync(join(home.path, 'not-a-program'), 'x');
    chmodSync(join(home.path, 'not-a-program'), 0o600);
    const done = exec(['--profile', 'dev', '--', file]);
    expect(done).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(words) });
    expect(done.stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
  });

  it('takes an empty command for a mistake', () => {
    const done = exec(['--profile', 'dev', '--', '']);
    expect(done).toMatchObject({ status: 2, stdout: '', stderr: expect.stringContaining('It is empty.') });
    expect(done.stderr).toMatch(/^roleferry: .+\nhint: see roleferry exec --help\n$/);
  });

  it.each([
    ['a profile that has expired', 'old', 'expired at 2020-01-01'],
    ['long-lived keys', 'mine', 'holds long-lived keys'],
    ['a profile that does not say when it ends', 'undated', 'does not say when'],
    ['a profile that is not there', 'nobody', 'There is no profile nobody'],
  ])('runs nothing with %s', (_, profile, words) => {
    const before = home.files();
    const done = exec(['--profile', profile, '--', process.execPath, '-e', 'console.log("ran")']);
    expect(done).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining(words) });
    expect(done.stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
    expect(home.files()).toEqual(before);
  });

  const ready = "process.stdout.write('ready\\n');";

  async function startReady(program: string) {
    const child = home.start(['exec', ...node, program]);
    const output = text(child.stdout as NonNullable<typeof child.stdout>);
    await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    return { child, output };
  }

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes on %s and lets the command decide',
    async (signal) => {
      const program = `process.on('${signal}', () => { console.log('got it'); process.exit(3); }); setInterval(() => {}, 1000); ${ready}`;
      const { child } = await startReady(program);
      const said = once(child.stdout as NonNullable<typeof child.stdout>, 'data');
      child.kill(signal);
      expect(String((await said)[0])).toBe('got it\n');
      expect(await once(child, 'close')).toEqual([3, null]);
    },
  );

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('ends by %s when the command does', async (signal) => {
    const { child } = await startReady(`setInterval(() => {}, 1000); ${ready}`);
    child.kill(signal);
    expect(await once(child, 'close')).toEqual([null, signal]);
  });

  it('ends with 137 when the command was killed', () => {
    expect(exec([...node, 'process.kill(process.pid, "SIGKILL")']).status).toBe(137);
  });

  const python = needs('python3');

  it.skipIf(python.missing)('keeps a terminal, and leaves Ctrl-C there to the command alone', async () => {
    const program = `
      let interrupts = 0;
      process.on('SIGINT', () => { interrupts += 1; setTimeout(() => {
        console.log('tty', process.stdin.isTTY, process.stdout.isTTY, 'interrupts', interrupts);
        process.exit(5);
      }, 200); });
      setInterval(() => {}, 1000);
      console.log('ready');`;
    const command = [process.execPath, cli.file, 'exec', ...node, program];
    const { said, status } = await interruptInPty(python.path, 'ready', command, home.env);
    expect(said).toContain('tty true true interrupts 1');
    expect(status).toBe(5);
  });
});

describe('roleferry exec --read-only', () => {
  const arn = 'arn:aws:sts::111122223333:assumed-role/Dev/jo';
  const section = (name: string, rights?: string, principal = arn) =>
    `${temporarySection(name)
      .replace(/aws_secret_access_key.*/, `aws_secret_access_key = of-${name}`)
      .replace(/x_principal_arn.*\n/, '')
      .trimEnd()}\nx_principal_arn = ${principal}\n${rights ? `x_session_policy = ${rights}\n` : ''}`;
  const secretOf = (profile: string, credentials: string) => {
    const one = cli.newHome({ credentials });
    const show = 'console.log(process.env.AWS_SECRET_ACCESS_KEY)';
    return one.run(['exec', '--read-only', profile, '--', process.execPath, '-e', show]);
  };

  it.each<[string, string, string]>([
    ['the one that may only read', 'dev', section('dev') + section('look', 'read-only')],
    [
      'the one that reads most',
      'dev',
      section('dev') + section('view', 'view-only') + section('look', 'read-only'),
    ],
    ['itself', 'look', section('dev') + section('other', 'read-only') + section('look', 'view-only')],
  ])('takes %s', (_, profile, credentials) => {
    expect(secretOf(profile, credentials)).toMatchObject({ status: 0, stdout: 'of-look\n', stderr: '' });
  });

  it.each<[string, string]>([
    ['there is none', section('dev')],
    ['it is of another role', section('dev') + section('look', 'read-only', arn.replace('Dev', 'Ops'))],
    ['it is of another person', section('dev') + section('look', 'read-only', arn.replace('jo', 'mallory'))],
    ['nobody knows what it may do', section('dev') + section('look', 'policy')],
    ['the profile is not there', section('look', 'read-only')],
  ])('runs nothing, and says how to get one, where %s', (_, credentials) => {
    const { status, stdout, stderr } = secretOf('dev', credentials);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^roleferry: There is no profile that may only read, .*dev\.\nhint: Add one .*--read-only/,
    );
  });
});
