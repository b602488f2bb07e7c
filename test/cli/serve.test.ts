import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';
import { type Serving, servingOf, stopServing } from '../fixtures/serving.ts';
import { machineMissing, onMachineWith } from '../fixtures/with-machine-policy.ts';

let cli: BuiltCli;
let home: CliHome;
let serving: Serving | undefined;

beforeAll(async () => {
  cli = await buildCli();
}, 60_000);
afterAll(() => cli.close());
beforeEach(() => {
  home = cli.newHome({
    credentials: temporarySection('dev'),
    config: '[profile dev]\nregion = eu-central-1\n',
  });
});
afterEach(async () => {
  if (serving?.child.exitCode === null && serving.child.signalCode === null) await stopServing(serving);
  serving = undefined;
});

const serve = (args: string[], env: Record<string, string> = {}) =>
  servingOf(home.start(['serve', '--shell', 'json', ...args], env));
const put = (credentials: string) => writeFileSync(home.credentialsFile, credentials);
const expired = temporarySection('dev', {
  expiration: '2020-01-01T00:00:00Z',
  accessKeyId: 'ASIAOLDOLDOLDOLD1234',
});

/** A program that prints its environment and what the endpoint answers it. */
const asking = `
  const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization } = process.env;
  fetch(uri, { headers: { authorization } }).then((answer) => answer.json())
    .then((answer) => console.log(JSON.stringify({ answer, env: process.env })));`;
const program = [process.execPath, '-e'];

describe('roleferry serve --read-only', () => {
  const look = temporarySection('look', { accessKeyId: 'ASIALOOKLOOKLOOK1234' }).trimEnd();

  it('hands out the profile of the same role session that may only read', () => {
    put(`${temporarySection('dev')}\n${look}\nx_session_policy = read-only\n`);
    const { status, stdout, stderr } = home.run(['serve', '--read-only', 'dev', '--', ...program, asking]);
    expect([status, stderr]).toEqual([0, '']);
    const { answer, env } = JSON.parse(stdout);
    expect([answer.AccessKeyId, env.ROLEFERRY_PROFILE]).toEqual(['ASIALOOKLOOKLOOK1234', 'look']);
  });

  it('never hands out the full one where there is none that may only read', () => {
    put(`${temporarySection('dev')}\n${look}\n`);
    const { status, stdout, stderr } = home.run(['serve', '--read-only', 'dev', '--', ...program, asking]);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^roleferry: There is no profile that may only read, .*dev\.\nhint: Add one /);
  });
});

describe('roleferry serve with a command', () => {
  it('gives the command an endpoint and no keys, and the region and the name of the profile', () => {
    const inTheWay = ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];
    const old = Object.fromEntries(
      [...inTheWay, 'AWS_ACCOUNT_ID', 'AWS_ROLE_ARN'].map((name) => [name, 'x']),
    );
    const { status, stdout, stderr } = home.run(['serve', 'dev', '--', ...program, asking], old);
    expect([status, stderr]).toEqual([0, '']);
    const { answer, env } = JSON.parse(stdout);
    expect(answer).toEqual({
      Version: 1,
      AccessKeyId: 'ASIAEXAMPLEEXAMPLE12',
      SecretAccessKey: 'abcdefghijklmnopqrstuvwxyz0123456789+/ab',
      SessionToken: 'FwoGZXIvYXdzEXAMPLE+/token==',
      Token: 'FwoGZXIvYXdzEXAMPLE+/token==',
      Expiration: '2099-01-01T00:00:00.000Z',
      AccountId: '111122223333',
    });
    expect(Object.keys(env).filter((name) => name in old)).toEqual([]);
    expect(env).toMatchObject({
      AWS_CONTAINER_CREDENTIALS_FULL_URI: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/credentials$/),
      AWS_REGION: 'eu-central-1',
      ROLEFERRY_PROFILE: 'dev',
      HOME: home.path,
    });
    expect(env).not.toHaveProperty('AWS_SHARED_CREDENTIALS_FILE');
  });

  it.each([0, 7, 255])('ends with the status %d of the command', (status) => {
    expect(home.run(['serve', 'dev', '--', ...program, `process.exit(${status})`]).status).toBe(status);
  });

  it('ends like a shell when there is no such command', () => {
    const done = home.run(['serve', 'dev', '--', 'no-such-program']);
    expect(done).toMatchObject({ status: 127, stdout: '' });
    expect(done.stderr).toMatch(/^roleferry: There is no program no-such-program\.\nhint: .+\n$/);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'passes on %s, and ends as the command does',
    async (signal) => {
      const waiting = `process.on('${signal}', () => process.exit(3)); setInterval(() => {}, 1000); console.log('ready')`;
      const child = home.start(['serve', 'dev', '--', ...program, waiting]);
      await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
      child.kill(signal);
      expect(await once(child, 'exit')).toEqual([3, null]);
    },
  );

  it.each([
    [
      'credentials',
      'AWS_SHARED_CREDENTIALS_FILE',
      '[default]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n',
    ],
    [
      'config',
      'AWS_CONFIG_FILE',
      '[default]\nrole_arn = arn:aws:iam::111122223333:role/x\nsource_profile = dev\n',
    ],
  ])('hides the %s file from it if AWS tools would take default from there', (name, variable, section) => {
    const file = join(home.path, '.aws', name);
    writeFileSync(file, readFileSync(file, 'utf8') + section);
    const { stdout, stderr } = home.run(['serve', 'dev', '--', ...program, asking]);
    const { env } = JSON.parse(stdout);
    expect(env).toHaveProperty(variable, devNull);
    expect(Object.keys(env).filter((each) => /^AWS_.*_FILE$/.test(each))).toEqual([variable]);
    expect(stderr).toBe(
      `AWS tools would use the profile default of ${file} instead: the command does not see that file\n`,
    );
  });

  it('leaves the token out of every command line and word', () => {
    const show = `${asking} process.on('exit', () => process.stderr.write(
      require('node:fs').readFileSync('/proc/' + process.ppid + '/cmdline', 'utf8')));`;
    const { stdout, stderr } = home.run(['serve', 'dev', '--verbose', '--', ...program, show]);
    const { env } = JSON.parse(stdout);
    expect(stderr).toMatch(/^\d{4}-\S+ 200 credentials until 2099-01-01T00:00:00\.000Z\n/);
    for (const secret of [env.AWS_CONTAINER_AUTHORIZATION_TOKEN, 'abcdefghij', 'FwoGZ']) {
      expect(stderr).not.toContain(secret);
    }
  });

  it('ends with the command though a login still waits', async () => {
    remember();
    const child = home.start(
      [
        'serve',
        'dev',
        '--',
        ...program,
        `require('node:fs').writeFileSync(${JSON.stringify(home.credentialsFile)}, ${JSON.stringify(expired)}); ${asking}`,
      ],
      {
        BROWSER: '/bin/true',
      },
    );
    const stdout = text(child.stdout as NonNullable<typeof child.stdout>);
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(JSON.parse(await stdout).answer).toMatchObject({ Code: 'ProfileExpired' });
  });
});

describe('roleferry serve without a command', () => {
  it.each([
    [
      'bash',
      /^export AWS_CONTAINER_CREDENTIALS_FULL_URI='http:\S+'\nexport AWS_CONTAINER_AUTHORIZATION_TOKEN='[\w-]{43}'\n$/,
    ],
    [
      'fish',
      /^set -gx AWS_CONTAINER_CREDENTIALS_FULL_URI 'http:\S+'\nset -gx AWS_CONTAINER_AUTHORIZATION_TOKEN '[\w-]{43}'\n$/,
    ],
    [
      'dotenv',
      /^AWS_CONTAINER_CREDENTIALS_FULL_URI=http:\S+\nAWS_CONTAINER_AUTHORIZATION_TOKEN=[\w-]{43}\n$/,
    ],
  ])('prints the variables for %s and stays until Ctrl-C', async (shell, expected) => {
    const child = home.start(['serve', 'dev', '--shell', shell]);
    const [printed] = await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
    expect(String(printed)).toMatch(expected);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([null, 'SIGINT']);
  });

  it('reads the profile anew at each question', async () => {
    serving = await serve(['dev']);
    expect(await serving.ask()).toMatchObject({ status: 200, body: { AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' } });
    put(temporarySection('dev', { accessKeyId: 'ASIANEWNEWNEWNEW1234' }));
    expect(await serving.ask()).toMatchObject({ status: 200, body: { AccessKeyId: 'ASIANEWNEWNEWNEW1234' } });
  });

  it.each([
    ['has expired', () => put(expired), 'ProfileExpired', 'expired at 2020-01-01'],
    [
      'is gone',
      () => put(temporarySection('other')),
      'ProfileNoCredentials',
      'no credentials for the profile dev yet',
    ],
    [
      'is gone with its file',
      () => rmSync(home.credentialsFile),
      'ProfileNoCredentials',
      'no credentials for the profile dev yet',
    ],
    ['cannot be read', () => put('[dev\n'), 'FileNotUnderstood', home?.credentialsFile ?? 'credentials'],
    [
      'has long-lived keys now',
      () => put('[dev]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = s\n'),
      'LongLivedNotHandedOut',
      'holds long-lived keys',
    ],
  ])('says so in the answer when the profile %s, and goes on', async (_, change, code, words) => {
    serving = await serve(['dev']);
    change();
    expect(await serving.ask()).toEqual({
      status: 403,
      body: { Code: code, Message: expect.stringContaining(words) },
    });
    await serving.ask();
    expect(serving.stderr().match(new RegExp(`roleferry serve: ${code}`, 'g'))).toHaveLength(1);
    put(temporarySection('dev'));
    expect(await serving.ask()).toMatchObject({ status: 200 });
  });

  it('opens the login once, answers at once meanwhile, and hands out what it brings', async () => {
    remember();
    serving = await serve(['dev'], { BROWSER: browser('exit 0') });
    put(expired);
    expect(await serving.ask()).toMatchObject({ status: 403, body: { Code: 'ProfileExpired' } });
    await vi.waitUntil(() => existsSync(join(home.path, 'opened')), { timeout: 10_000 });
    const many = await Promise.all(Array.from({ length: 8 }, serving.ask));
    expect(new Set(many.map(({ body }) => body.Message))).toEqual(
      new Set([expect.stringMatching(/The login is open in the browser: finish it, then try again\.$/)]),
    );
    put(temporarySection('dev'));
    expect(await serving.ask()).toMatchObject({ status: 200 });
    expect(readFileSync(join(home.path, 'opened'), 'utf8')).toBe('https://idp.example/start\n');
    expect(serving.stderr()).toContain('idp.example');
  });

  it('opens it some minutes before the end, while the old ones still go out', async () => {
    remember();
    serving = await serve(['dev'], { BROWSER: browser('exit 0') });
    const soon = new Date(Date.now() + 4 * 60_000).toISOString();
    put(temporarySection('dev', { expiration: soon }));
    expect(await serving.ask()).toMatchObject({ status: 200, body: { Expiration: soon } });
    await vi.waitUntil(() => existsSync(join(home.path, 'opened')), { timeout: 10_000 });
  });

  it('opens no second page for the same credentials when nobody logged in', async () => {
    remember();
    const opening = browser('exit 0');
    serving = await serve(['dev', '--timeout', '1'], { BROWSER: opening });
    put(expired);
    await serving.ask();
    await vi.waitUntil(() => serving?.stderr().includes('No new credentials for dev arrived'), {
      timeout: 10_000,
    });
    expect(await serving.ask()).toMatchObject({
      status: 403,
      body: { Message: expect.stringContaining('roleferry login dev') },
    });
    expect(readFileSync(join(home.path, 'opened'), 'utf8')).toBe('https://idp.example/start\n');
  });

  it.each([
    [['serve', 'nobody'], 1, 'There is no profile nobody'],
    [['serve'], 2, 'No profile given'],
    [['serve', 'dev', 'prod'], 2, 'only the profile comes before --, not prod'],
    [['serve', 'dev', '-p', 'prod'], 2, 'two profiles are named'],
    [['serve', 'dev', '--', ''], 2, 'It is empty.'],
    [['serve', 'dev', '--listen', '0.0.0.0'], 2, 'hand out credentials in every network'],
    [['serve', 'dev', '--listen', 'localhost'], 2, 'one IP address of this machine'],
    [['serve', 'dev', '--listen', '192.0.2.1'], 1, 'this machine has no such address'],
    [['serve', 'dev', '--port', '80'], 2, 'A port is a number from 1024 to 65535'],
  ])('refuses %j', (args, status, words) => {
    const done = home.run(args);
    expect(done).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(words) });
    expect(done.stderr).toMatch(/^roleferry: .+\nhint: .+\n$/);
  });

  it.skipIf(machineMissing())('hands out nothing that the policy of the machine forbids by now', async () => {
    const scratch = join(home.path, 'machine');
    home.makeFolder(scratch);
    const whole = [process.execPath, cli.file, 'serve', 'dev', '--shell', 'json'];
    const [file = '', ...args] = onMachineWith({ allowedAccounts: ['111122223333'] }, scratch, whole);
    serving = await servingOf(spawn(file, args, { env: home.env, cwd: home.path }));
    expect(await serving.ask()).toMatchObject({ status: 200 });
    put(temporarySection('dev', { account: '999988887777' }));
    expect(await serving.ask()).toMatchObject({
      status: 403,
      body: { Message: expect.stringContaining('does not allow account 999988887777') },
    });
  });
});

describe('roleferry serve, started by a coding agent', () => {
  const agent = { ROLEFERRY_AGENTS: 'read-only', CLAUDECODE: '1' };
  const look = (more: Parameters<typeof temporarySection>[1] = {}) =>
    `${temporarySection('look', { accessKeyId: 'ASIALOOKLOOKLOOK1234', ...more })}x_session_policy = read-only\n`;

  it('hands out the profile of the same role that may only read, and to others the one that they name', async () => {
    put(temporarySection('dev') + look());
    serving = await serve(['dev'], agent);
    expect(await serving.ask()).toMatchObject({ body: { AccessKeyId: 'ASIALOOKLOOKLOOK1234' } });
    await stopServing(serving);
    serving = await serve(['dev'], { ROLEFERRY_AGENTS: 'read-only' });
    expect(await serving.ask()).toMatchObject({ body: { AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' } });
  });

  it('starts nothing where there is none', () => {
    const ran = home.run(['serve', 'dev', '--', ...program, 'console.log("ran")'], agent);
    expect([ran.status, ran.stdout]).toEqual([1, '']);
    expect(ran.stderr).toContain('There is no profile that may only read');
  });

  it('opens no login, neither at the start nor when the credentials have ended', async () => {
    remember('look');
    const env = { ...agent, BROWSER: browser('exit 0') };
    put(temporarySection('dev') + look({ expiration: '2020-01-01T00:00:00Z' }));
    expect(home.run(['serve', 'dev'], env)).toMatchObject({ status: 1, stdout: '' });
    put(temporarySection('dev') + look());
    serving = await serve(['dev'], env);
    put(temporarySection('dev') + look({ expiration: '2020-01-01T00:00:00Z' }));
    expect(await serving.ask()).toMatchObject({ status: 403, body: { Code: 'ProfileExpired' } });
    const { body } = await serving.ask();
    expect(body.Message).toContain('roleferry login look');
    await stopServing(serving);
    expect(serving.stderr()).not.toContain('idp.example');
    expect(existsSync(join(home.path, 'opened'))).toBe(false);
  });
});

/** The sign-in link of dev. */
function remember(profile = 'dev'): void {
  const folder = join(home.path, '.local/share/roleferry');
  home.makeFolder(folder);
  const signInLinks = [{ profile, url: 'https://idp.example/start' }];
  writeFileSync(
    join(folder, 'host.json'),
    JSON.stringify({ extensionIds: [], manifests: [], folders: [], signInLinks }),
  );
}

/** A browser that writes down what it opens. */
function browser(more: string): string {
  const file = join(home.path, 'browser');
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" >> "$HOME/opened"\n${more}\n`);
  chmodSync(file, 0o700);
  return file;
}
