import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';
import { interruptInPty } from '../fixtures/run-in-pty.ts';
import { needs } from '../needs.ts';

let cli: BuiltCli;
let home: CliHome;
let browser: string;

const link = 'https://idp.example/start?app=aws&x=$HOME;id`id`%s';
const expired = temporarySection('dev', {
  expiration: '2020-01-01T00:00:00Z',
  accessKeyId: 'ASIAOLDOLDOLDOLD1234',
});
const renewed = temporarySection('dev');

beforeAll(async () => {
  cli = await buildCli();
}, 60_000);
afterAll(() => cli.close());
beforeEach(() => {
  home = cli.newHome({ credentials: expired });
  remember([{ profile: 'dev', url: link }]);
  browser = script('browser', 'exit 0');
});

const record = () => join(home.path, '.local/share/roleferry/host.json');
const opened = () =>
  existsSync(join(home.path, 'opened')) ? readFileSync(join(home.path, 'opened'), 'utf8') : '';

/** A browser that writes down what it is given, an argument a line, and then does more. */
function script(name: string, more: string): string {
  const file = join(home.path, name);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" >> "$HOME/opened"\n${more}\n`);
  chmodSync(file, 0o700);
  return file;
}

function remember(signInLinks: unknown[]): void {
  const folder = join(home.path, '.local/share/roleferry');
  home.makeFolder(folder);
  writeFileSync(record(), JSON.stringify({ extensionIds: [], manifests: [], folders: [], signInLinks }));
}

/** Starts a command, and waits until it says that it waits. */
async function startWaiting(
  args: string[],
  env: Record<string, string> = { BROWSER: browser },
): Promise<{ child: ChildProcess; stdout: Promise<string>; stderr: () => string }> {
  const child = home.start(args, env);
  const [out, err] = [child.stdout, child.stderr] as [
    NonNullable<typeof child.stdout>,
    NonNullable<typeof child.stderr>,
  ];
  let said = '';
  const waiting = new Promise<void>((resolve) => {
    err.on('data', (chunk) => {
      said += chunk;
      if (said.includes('waiting for new credentials')) resolve();
    });
  });
  const stdout = text(out);
  await waiting;
  return { child, stdout, stderr: () => said };
}

const deliver = () => writeFileSync(home.credentialsFile, renewed);

/** Runs what must fail and change nothing that was there. */
function refused(
  args: string[],
  words: string,
  status = 1,
  env: Record<string, string> = { BROWSER: browser },
): void {
  const before = { ...home.files(), [join(home.path, 'opened')]: '' };
  const done = home.run(args, env);
  expect(done).toMatchObject({ status, stdout: '', stderr: expect.stringContaining(words) });
  expect(done.stderr).toMatch(/(^|\n)roleferry: .+\nhint: .+\n$/);
  expect({ ...home.files(), [join(home.path, 'opened')]: '' }).toEqual(before);
}

describe('roleferry login', () => {
  it('opens the link as it is and waits until new credentials are there', async () => {
    const { child, stdout, stderr } = await startWaiting(['login', '--profile', 'dev']);
    await vi.waitUntil(() => opened() !== '', { timeout: 10_000 });
    deliver();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await stdout).toBe('dev has credentials until 2099-01-01T00:00:00.000Z\n');
    expect(stderr()).toBe(
      `${link}\n` +
        'opening idp.example in the browser: log in there for the profile dev\nwaiting for new credentials, at most 300 s\n',
    );
    expect(opened()).toBe(`${link}\n`);
  });

  it('where there is no browser says what to do with the link, and takes the credentials that arrive', async () => {
    const { child, stdout, stderr } = await startWaiting(['login', 'dev'], { SSH_CONNECTION: '10.0.0.1 22' });
    deliver();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await stdout).toBe('dev has credentials until 2099-01-01T00:00:00.000Z\n');
    expect(stderr()).toBe(
      `${link}\n` +
        'this is an SSH session, so no browser is opened: log in for the profile dev with the browser of your own machine\n' +
        'the credentials arrive there, and here if its ~/.aws is mounted here; otherwise run roleferry serve there\n' +
        'waiting for new credentials, at most 300 s\n',
    );
    expect(opened()).toBe('');
  });

  it('says the same where it knows no link either', () => {
    const { status, stderr } = home.run(['login', 'prod'], { CODESPACES: 'true' });
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(
        /^roleferry: No sign-in link .*\nhint: .*\nthis is a codespace, so no browser is opened: /,
      ),
    ]);
  });

  it('where there is no browser names the command that takes the login of a broker by paste', () => {
    const roleArn = 'arn:aws:iam::111122223333:role/Developer';
    const broker = { profile: 'dev', url: 'https://broker.example', role: 'dev', roleArn };
    writeFileSync(
      record(),
      JSON.stringify({ extensionIds: [], manifests: [], folders: [], brokerProfiles: [broker] }),
    );
    const { status, stderr } = home.run(['login', 'dev'], { SSH_CONNECTION: '10.0.0.1 22' });
    expect(status).toBe(1);
    expect(stderr).toContain(
      "without a browser you can paste the login: roleferry request 'https://broker.example' dev --profile dev --no-browser\n",
    );
    expect(stderr).toContain('roleferry: The browser could not be opened: this is an SSH session.\n');
  });

  it('opens the link through the program that a dev container names, on the machine of the user', async () => {
    const env = { REMOTE_CONTAINERS: 'true', BROWSER: browser };
    const { child } = await startWaiting(['login', 'dev'], env);
    await vi.waitUntil(() => opened() !== '', { timeout: 10_000 });
    deliver();
    await once(child, 'exit');
    expect(opened()).toBe(`${link}\n`);
  });

  it('is for the only profile that has a link, and waits for new ones though the old ones still serve', async () => {
    writeFileSync(home.credentialsFile, temporarySection('dev', { accessKeyId: 'ASIAOLDOLDOLDOLD1234' }));
    const { child } = await startWaiting(['login']);
    deliver();
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it('goes on when nobody reads any more what it waits for', async () => {
    const child = home.start(['login', '--profile', 'dev'], { BROWSER: browser });
    child.stderr?.destroy();
    const stdout = text(child.stdout as NonNullable<typeof child.stdout>);
    await vi.waitUntil(() => opened() !== '', { timeout: 10_000 });
    deliver();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await stdout).toBe('dev has credentials until 2099-01-01T00:00:00.000Z\n');
  });

  it('remembers a link, for the profile that it is given for', async () => {
    remember([{ profile: 'other', url: 'https://idp.example/other' }]);
    browser = script('browser', `printf '%s' '${renewed}' > "$HOME/.aws/credentials"`);
    const args = ['login', '--profile', 'dev', '--link', 'https://idp.example/new'];
    expect(home.run(args, { BROWSER: browser })).toMatchObject({ status: 0 });
    expect(JSON.parse(readFileSync(record(), 'utf8')).signInLinks).toEqual([
      { profile: 'other', url: 'https://idp.example/other' },
      { profile: 'dev', url: 'https://idp.example/new' },
    ]);
    expect(opened()).toBe('https://idp.example/new\n');
  });

  it('makes the record of the first link for its owner alone', () => {
    home = cli.newHome();
    browser = script('browser', `printf '%s' '${renewed}' > "$HOME/.aws/credentials"`);
    home.run(['login', '--profile', 'dev', '--link', link], { BROWSER: browser });
    expect(statSync(record()).mode & 0o777).toBe(0o600);
  });

  it.each([
    ['of a profile that has one', 'dev'],
    ['of a profile that there is not', 'typo'],
  ])('does not remember a link %s when no login came', (_, profile) => {
    const args = ['login', '--profile', profile, '--link', 'https://idp.example/new', '--timeout', '1'];
    refused(args, `No new credentials for ${profile} arrived`);
    expect(opened()).toBe('https://idp.example/new\n');
  });

  it('wants to know which profile a link is given for, though only one has a link', () => {
    refused(['login', '--link', 'https://idp.example/new'], 'No profile given', 2);
    expect(opened()).toBe('');
  });

  it('takes the first of the browsers that there is, with its arguments', async () => {
    browser = `no-such-browser:${browser} --new %s --tab`;
    const { child } = await startWaiting(['login', '--profile', 'dev']);
    await vi.waitUntil(() => opened() !== '', { timeout: 10_000 });
    deliver();
    await once(child, 'exit');
    expect(opened()).toBe(`--new\n${link}\n--tab\n`);
  });

  it.each([
    ['nobody logs in in time', () => browser, 'No new credentials for dev arrived within 1 s.'],
    ['there is no such browser', () => 'no-such-browser', 'there is no program no-such-browser'],
    ['the browser fails', () => script('failing', 'exit 3'), 'ended with 3'],
  ])('ends with a failure when %s', (_, named, words) => {
    refused(['login', '--profile', 'dev', '--timeout', '1'], words, 1, { BROWSER: named() });
  });

  it.each([
    ['xdg-open', { DISPLAY: ':0' }],
    ['my-browser', { BROWSER: 'my-browser' }],
  ])('starts no %s of the folder that it runs in, whatever PATH says', (name, env) => {
    script(name, 'exit 0');
    home.makeFolder(join(home.path, 'bin'));
    script(`bin/${name}`, 'exit 0');
    for (const PATH of ['', ':/nowhere', '.', 'bin', './bin:']) {
      refused(['login', '--profile', 'dev', '--timeout', '1'], `there is no program ${name}`, 1, {
        ...env,
        PATH,
      });
    }
    expect(opened()).toBe('');
  });

  it.each([
    ['a profile without a link', ['--profile', 'prod'], 'No sign-in link is known for the profile prod', 1],
    [
      'a link without TLS',
      ['--profile', 'dev', '--link', 'http://idp.example/'],
      'it does not start with https://',
      2,
    ],
    [
      'a link that is a program',
      ['--profile', 'dev', '--link', 'file:///bin/sh'],
      'does not start with https://',
      2,
    ],
    ['a link with a blank', ['--profile', 'dev', '--link', 'https://idp.example/a b'], 'not complete', 2],
    ['a link without end', ['--profile', 'dev', '--link', `https://x/${'a'.repeat(2048)}`], 'too long', 2],
    ['a name that is none', ['--profile', 'a b'], 'profile name cannot be used', 2],
    ['no time at all', ['--profile', 'dev', '--timeout', '0'], '1 second to 24h', 2],
    ['a time that is none', ['--profile', 'dev', '--timeout', '1e3'], '1 second to 24h', 2],
  ])('refuses %s', (_, args, words, status) => {
    refused(['login', ...args], words, status);
    expect(opened()).toBe('');
  });

  it('wants to know which, when there are several links', () => {
    remember([
      { profile: 'dev', url: link },
      { profile: 'prod', url: link },
    ]);
    refused(['login'], 'No profile given', 2);
  });

  it('opens nothing for a profile that no login would be written to', () => {
    writeFileSync(home.credentialsFile, '[dev]\naws_access_key_id = AKIAX\naws_secret_access_key = s\n');
    refused(['login', '--profile', 'dev'], 'long-lived access key');
    expect(opened()).toBe('');
  });

  it('opens nothing that stands in the record and is no https address', () => {
    remember([{ profile: 'dev', url: 'file:///bin/sh' }]);
    refused(['login', '--profile', 'dev'], 'No sign-in link is known');
    expect(opened()).toBe('');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('ends at once by %s, and changes nothing', async (signal) => {
    const before = home.files();
    const { child } = await startWaiting(['login', '--profile', 'dev']);
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([null, signal]);
    expect({ ...home.files(), [join(home.path, 'opened')]: '' }).toEqual({
      ...before,
      [join(home.path, 'opened')]: '',
    });
  });

  const python = needs('python3');

  it.skipIf(python.missing)('counts the seconds at a terminal, and leaves it tidy at Ctrl-C', async () => {
    const command = [process.execPath, cli.file, 'login', '--profile', 'dev'];
    const { said, status } = await interruptInPty(python.path, ' s left', command, {
      ...home.env,
      BROWSER: browser,
    });
    expect(said).toContain('waiting for new credentials, 300 s left');
    expect(said.endsWith('\r\u001b[K')).toBe(true);
    expect(status).toBe(-2);
  });
});

describe('an expired profile', () => {
  it('heals itself for credential-process --login: nothing but JSON on stdout', async () => {
    const { child, stdout } = await startWaiting(['credential-process', '--profile', 'dev', '--login']);
    deliver();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(JSON.parse(await stdout)).toMatchObject({ Version: 1, AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
  });

  it('heals itself for exec when its link is known', async () => {
    const args = ['exec', '--profile', 'dev', '--', process.execPath, '-p', 'process.env.AWS_ACCESS_KEY_ID'];
    const { child, stdout } = await startWaiting(args);
    deliver();
    expect(await once(child, 'exit')).toEqual([0, null]);
    expect(await stdout).toBe('ASIAEXAMPLEEXAMPLE12\n');
  });

  it('is opened once for all that want it at the same time', async () => {
    const started = await Promise.all(
      [1, 2, 3].map(() => startWaiting(['credential-process', '--profile', 'dev', '--login'])),
    );
    await vi.waitUntil(() => opened() !== '', { timeout: 10_000 });
    deliver();
    for (const { stdout } of started) expect(await stdout).toContain('ASIAEXAMPLEEXAMPLE12');
    expect(opened()).toBe(`${link}\n`);
  });

  it('stays expired without --login, and where no link is known', () => {
    refused(['credential-process', '--profile', 'dev'], 'expired at 2020-01-01');
    remember([]);
    refused(['credential-process', '--profile', 'dev', '--login'], 'expired at 2020-01-01');
    refused(['exec', '--profile', 'dev', '--', 'true'], 'expired at 2020-01-01');
    expect(opened()).toBe('');
  });

  it('is renewed a minute before its end, and not sooner', () => {
    const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
    const args = ['credential-process', '--profile', 'dev', '--login', '--timeout', '1'];
    writeFileSync(home.credentialsFile, temporarySection('dev', { expiration: inSeconds(50) }));
    expect(home.run(args, { BROWSER: browser })).toMatchObject({ status: 1, stdout: '' });
    writeFileSync(home.credentialsFile, temporarySection('dev', { expiration: inSeconds(600) }));
    expect(home.run(args, { BROWSER: browser })).toMatchObject({ status: 0, stderr: '' });
  });
});
