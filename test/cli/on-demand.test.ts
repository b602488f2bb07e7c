import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { failure } from '../../src/core/failure.ts';
import {
  type AwsFiles,
  isListening,
  makeOnDemand,
  refuseProfile,
  waitForQuestions,
} from '../../src/credentials-file/index.ts';
import { writeProfiles } from '../../src/credentials-file/write-profiles.ts';
import { awsFilesOf } from '../../src/native-host/registration/aws-files.ts';
import { type BuiltCli, buildCli, type CliHome } from '../fixtures/built-cli.ts';
import { interruptInPty } from '../fixtures/run-in-pty.ts';
import { needs } from '../needs.ts';

let cli: BuiltCli;
let home: CliHome;
let files: AwsFiles;
let told: Set<string>;

beforeAll(async () => {
  cli = await buildCli();
}, 60_000);
afterAll(() => cli.close());
beforeEach(async () => {
  home = cli.newHome({ config: '[default]\nregion = eu-west-1\n' });
  files = awsFilesOf(folder(), home.filesEnv);
  told = new Set();
  const made = await makeOnDemand(
    files,
    names.map((name) => ({ name })),
    join(folder(), 'roleferry'),
  );
  expect(made).toEqual({ ok: true, value: undefined });
  writeFileSync(join(home.path, 'browser'), `#!/bin/sh\nprintf '%s\\n' "$@" >> "$HOME/opened"\n`);
  chmodSync(join(home.path, 'browser'), 0o700);
});

const names = ['dev', 'prod', 'audit'];
const folder = () => join(home.path, '.local/share/roleferry');
const link = 'https://idp.example/start?app=aws';
const opened = () =>
  existsSync(join(home.path, 'opened')) ? readFileSync(join(home.path, 'opened'), 'utf8') : '';

function knowLinks(more: string[] = []): void {
  const signInLinks = [...names, ...more].map((profile) => ({ profile, url: link }));
  writeFileSync(
    join(folder(), 'host.json'),
    JSON.stringify({ extensionIds: [], manifests: [], folders: [], signInLinks }),
  );
}

/** An AWS tool runs the command that the config file has for a profile. */
function ask(profile: string, more: string[] = []) {
  return endOf(start(profile, more));
}

function start(profile: string, more: string[] = []) {
  const args = ['credential-process', '--profile', profile, '--login', ...more];
  return home.start(args, { BROWSER: join(home.path, 'browser') });
}

function endOf(child: ReturnType<typeof start>) {
  const said = { stdout: text(child.stdout as never), stderr: text(child.stderr as never) };
  const done = async () => {
    const [status] = await once(child, 'close');
    return { status, stdout: await said.stdout, stderr: await said.stderr };
  };
  return done();
}

/** What the extension is told by the host, as long as it has an open assertion. */
async function listen(again = false): Promise<string[]> {
  if (again) told.clear();
  const asked = await waitForQuestions(files, 20, told, new AbortController().signal);
  return asked.ok ? asked.value.wanted : [];
}

async function recent(): Promise<string[]> {
  const asked = await waitForQuestions(files, 0, told, AbortSignal.abort());
  return asked.ok ? asked.value.recent : [];
}

const deliver = (name: string, expiration = '2099-06-01T00:00:00Z') =>
  writeProfiles(files, [
    {
      name,
      credentials: {
        accessKeyId: 'ASIAEXAMPLEEXAMPLE12',
        secretAccessKey: 's',
        sessionToken: 't',
        expiration,
      },
      principalArn: 'arn:aws:sts::111122223333:assumed-role/Developer/jo',
    },
  ]);

describe('an AWS tool that asks for an on-demand profile', () => {
  it('gets it from the open login, without another', async () => {
    knowLinks();
    const listening = listen();
    const done = ask('dev');
    expect(await listening).toEqual(['dev']);
    await deliver('dev');
    const { status, stdout, stderr } = await done;
    expect([status, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toMatchObject({ AccessKeyId: 'ASIAEXAMPLEEXAMPLE12' });
    expect(opened()).toBe('');
  });

  it('asks nobody while its credentials last, and is remembered as used', async () => {
    await deliver('dev');
    expect(await ask('dev')).toMatchObject({ status: 0, stderr: '' });
    expect(await recent()).toEqual(['dev']);
    age('dev');
    await deliver('prod', '2020-01-01T00:00:00Z');
    const listening = listen();
    const done = ask('prod');
    expect(await listening).toEqual(['prod']);
    await deliver('prod');
    expect(await done).toMatchObject({ status: 0 });
    expect(await recent()).toEqual(['prod']);
    age('prod');
    expect(await recent()).toEqual([]);
    expect(await ask('prod')).toMatchObject({ status: 0 });
    expect(await recent()).toEqual(['prod']);
  });

  it('is told the reason if the extension has no credentials for it', async () => {
    knowLinks();
    const listening = listen();
    const done = ask('dev');
    await listening;
    await refuseProfile(files, 'dev', failure('sts-access-denied', { roleArn: 'arn:aws:iam::1:role/X' }));
    const { status, stdout, stderr } = await done;
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^roleferry: .*role\/X.*\nhint: .+\n$/);
    expect(opened()).toBe('');
  });

  it('has the sign-in link opened while nobody listens, and gets what that login brings', async () => {
    knowLinks();
    const done = ask('dev');
    await expect.poll(opened, { timeout: 20_000 }).toBe(`${link}\n`);
    expect(await listen(true)).toEqual(['dev']);
    await deliver('dev');
    expect(await done).toMatchObject({ status: 0 });
  });

  it('has it opened also if the open login is of another identity provider', async () => {
    knowLinks();
    const listening = listen();
    const done = ask('dev');
    await listening;
    await refuseProfile(files, 'dev', failure('assertion-expired'));
    await expect.poll(opened, { timeout: 20_000 }).toBe(`${link}\n`);
    expect(await listen(true)).toEqual(['dev']);
    await deliver('dev');
    expect(await done).toMatchObject({ status: 0 });
  });

  it('opens the link once with others that ask at the same time', async () => {
    knowLinks();
    const first = ask('dev');
    await expect.poll(opened, { timeout: 20_000 }).toBe(`${link}\n`);
    const others = ['prod', 'audit'].map((name) => {
      const child = start(name);
      return { name, child, done: endOf(child) };
    });
    // Nobody listens yet, so they wait for the first one, which is said on standard error.
    await Promise.all(others.map(({ child }) => once(child.stderr as never, 'data')));
    const asked = new Set<string>();
    while (asked.size < names.length) for (const name of await listen()) asked.add(name);
    await deliver('dev');
    expect(await first).toMatchObject({ status: 0 });
    for (const { name, done } of others) {
      await deliver(name);
      expect(await done).toMatchObject({ status: 0 });
    }
    expect(opened()).toBe(`${link}\n`);
  });

  it('fails at once if there is no open login and no link', async () => {
    const done = await ask('dev');
    expect(done).toMatchObject({ status: 1, stdout: '' });
    expect(done.stderr).toMatch(/^roleferry: No login is open for dev.*\nhint: .+\n$/);
  });

  it('fails when its time is over, which without --timeout is less than a minute', async () => {
    knowLinks();
    const done = await ask('dev', ['--timeout', '1']);
    expect(done).toMatchObject({ status: 1, stdout: '' });
    expect(done.stderr).toContain('No new credentials for dev arrived within 1 s');
    expect(home.run(['credential-process', '--help']).stdout).toMatch(/--timeout[^-]*default:\s+55/);
  });

  it('is asked for by nobody with another config file', async () => {
    const other = join(home.path, 'other');
    writeFileSync(other, readFileSync(files.configFile));
    home.run(['credential-process', '--profile', 'dev', '--login'], { AWS_CONFIG_FILE: other });
    expect(await recent()).toEqual([]);
  });

  it('leaves nothing that other users can read', async () => {
    await ask('dev');
    const place = join(folder(), 'cache', 'on-demand');
    expect(statSync(place).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(place)) expect(statSync(join(place, name)).mode & 0o777).toBe(0o600);
  });

  it('obeys the time of a damaged or hostile question file', async () => {
    await ask('dev');
    const place = join(folder(), 'cache', 'on-demand');
    for (const name of readdirSync(place).filter((one) => one.startsWith('asked'))) {
      writeFileSync(join(place, name), '{"id":1,"profile":"../x","waitsUntil":1e400}');
    }
    expect(await recent()).toEqual([]);
  });
});

describe('an on-demand profile that was never used', () => {
  it.each([
    ['env', ['env', 'dev', '--shell', 'bash'], "AWS_ACCESS_KEY_ID='ASIAEXAMPLEEXAMPLE12'"],
    ['shell', ['shell', 'dev'], ''],
    ['console', ['console', 'dev', '--print', '--url', 'https://console.amazonaws.cn/'], ''],
  ])('has its credentials for %s from the open login', async (_, args, words) => {
    knowLinks();
    const listening = listen();
    const done = endOf(home.start(args, { BROWSER: join(home.path, 'browser'), SHELL: '/bin/true' }));
    expect(await listening).toEqual(['dev']);
    await deliver('dev');
    const { stdout, stderr } = await done;
    expect(stdout).toContain(words);
    expect(stderr).not.toContain('There are no credentials');
    expect(opened()).toBe('');
  });

  it('has them for env also from a login that env opens', async () => {
    knowLinks();
    const done = endOf(
      home.start(['env', 'dev', '--shell', 'bash'], { BROWSER: join(home.path, 'browser') }),
    );
    await expect.poll(opened, { timeout: 20_000 }).toBe(`${link}\n`);
    expect(await listen()).toEqual(['dev']);
    await deliver('dev');
    expect(await done).toMatchObject({ status: 0, stdout: expect.stringContaining('ASIAEXAMPLE') });
  });

  it('is listed as on demand, and with account and role once a tool used it', async () => {
    await deliver('prod');
    const { stdout } = home.run(['list']);
    expect(stdout).toMatch(/^dev {18,}on demand$/m);
    expect(stdout).toMatch(/^prod {5}111122223333 {2}Developer {2}\d+ h \d+ min$/m);
  });
});

describe('an extension that listens and says nothing', () => {
  /** Less than it is waited for. */
  const atOnce = { timeout: 8_000 };

  beforeEach(async () => {
    knowLinks(['plain']);
    const ended = new AbortController();
    onTestFinished(() => ended.abort());
    void waitForQuestions(files, 60, told, ended.signal);
    await expect.poll(() => isListening(files)).toBe(true);
  });

  const logIn = (profile: string, ...more: string[]) => {
    const child = home.start(['login', profile, ...more], { BROWSER: join(home.path, 'browser') });
    onTestFinished(() => void child.kill());
    return child;
  };

  it('does not hold up the login of a profile that it is not asked for', async () => {
    logIn('plain');
    await expect.poll(opened, atOnce).toBe(`${link}\n`);
  });

  it('does not hold up the login of an on-demand profile whose credentials last', async () => {
    await deliver('dev');
    logIn('dev');
    await expect.poll(opened, atOnce).toBe(`${link}\n`);
  });

  it('does not hold up the answer that there is no such profile', async () => {
    const child = home.start(['exec', 'typo', '--', 'true']);
    onTestFinished(() => void child.kill());
    let said = '';
    child.stderr?.on('data', (chunk) => {
      said += chunk;
    });
    await expect.poll(() => said, atOnce).toContain('There is no profile typo');
  });

  it('leaves half of the time to the login, which says how much that is', async () => {
    const done = await endOf(logIn('dev', '--timeout', '6'));
    expect(opened()).toBe(`${link}\n`);
    expect(done.stderr).toMatch(/^waiting for new credentials, at most [1-3] s$/m);
    expect(done.stderr).toContain('No new credentials for dev arrived within 6 s');
  });

  const python = needs('python3');

  it.skipIf(python.missing)('is what a terminal says it waits for, after a second', async () => {
    const command = [process.execPath, cli.file, 'exec', 'dev', '--', 'true'];
    const { said } = await interruptInPty(python.path, ' s left', command, home.env);
    expect(said).toContain('waiting for the extension, 19 s left (Ctrl-C ends this)');
    expect(said.endsWith('\r\u001b[K')).toBe(true);
    expect(opened()).toBe('');
  });
});

/** The last use of a profile was two days ago. */
function age(profile: string): void {
  const place = join(folder(), 'cache', 'on-demand');
  const before = new Date(Date.now() - 2 * 24 * 3600_000);
  for (const name of readdirSync(place).filter((one) => one.startsWith('asked'))) {
    if (readFileSync(join(place, name), 'utf8').includes(`"${profile}"`))
      utimesSync(join(place, name), before, before);
  }
}

describe('roleferry uninstall', () => {
  it('undoes on-demand profiles to the byte, and takes what was kept of them', async () => {
    await ask('dev');
    writeFileSync(
      join(folder(), 'host.json'),
      JSON.stringify({ extensionIds: [], manifests: [], folders: [folder()] }),
    );
    const done = home.run(['uninstall']);
    expect(done.stdout).toContain(`removed 3 on-demand profiles from ${files.configFile}\n`);
    expect(readFileSync(files.configFile, 'utf8')).toBe('[default]\nregion = eu-west-1\n');
    expect(existsSync(folder())).toBe(false);
  });
});
