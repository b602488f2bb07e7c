import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BuiltCli, buildCli, type CliHome, temporarySection } from '../fixtures/built-cli.ts';
import { interruptInPty } from '../fixtures/run-in-pty.ts';
import { needs } from '../needs.ts';
import { soon } from '../soon.ts';

let cli: BuiltCli;
let home: CliHome;
let signIn: Server;
let endpoint: string;
/** What stands for AWS Sign-In answers with. */
let answer: { status: number; body: string; headers?: Record<string, string> };
/** What it was asked. */
let asked: { method: string; url: string; form: URLSearchParams }[];

const token = 'signIn-TOKEN_0+/=';
const given = { status: 200, body: JSON.stringify({ SigninToken: token }) };

beforeAll(async () => {
  cli = await buildCli();
  signIn = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    asked.push({ method: request.method ?? '', url: request.url ?? '', form });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(signIn, 'listening');
  endpoint = `http://127.0.0.1:${(signIn.address() as AddressInfo).port}`;
}, 60_000);
afterAll(() => {
  cli.close();
  signIn.close();
  signIn.closeAllConnections();
});
beforeEach(() => {
  home = cli.newHome({ credentials: temporarySection('dev') });
  answer = given;
  asked = [];
});

const opened = () =>
  existsSync(at('opened')) ? readFileSync(at('opened'), 'utf8').trimEnd().split('\n') : [];
const at = (name: string) => join(home.path, name);

/** A program that notes its arguments and, like a browser, asks for the address among them. */
function browser(name = 'browser', more = ''): string {
  const visit = `
    const address = decodeURIComponent(process.argv.at(-1)).replace(/^ext.*&url=/, '');
    fetch(address, { redirect: 'manual' }).then(({ status, headers }) => {
      fs.writeFileSync('${at('visited.new')}', status + ' ' + headers.get('location'));
      fs.renameSync('${at('visited.new')}', '${at('visited')}');
    });`;
  writeFileSync(at('visit.cjs'), `const fs = require('node:fs');${visit}`);
  const lines = ['#!/bin/sh', `printf '%s\\n' "$@" >> "${at('opened')}"`, more];
  writeFileSync(at(name), `${lines.join('\n')}\nexec "${process.execPath}" "${at('visit.cjs')}" "$@"\n`);
  chmodSync(at(name), 0o700);
  return at(name);
}

const env = (): Record<string, string> => ({ AWS_ENDPOINT_URL_SIGNIN: endpoint, BROWSER: browser() });

function rememberLink(url: string): void {
  home.makeFolder(at('.local/share/roleferry'));
  const record = { extensionIds: [], manifests: [], folders: [], signInLinks: [{ profile: 'dev', url }] };
  writeFileSync(at('.local/share/roleferry/host.json'), JSON.stringify(record));
}

async function run(args: string[], more: Record<string, string> = {}) {
  rmSync(at('visited'), { force: true });
  const child = home.start(['console', ...args], { ...env(), ...more });
  const [out, err] = [child.stdout, child.stderr] as [NodeJS.ReadableStream, NodeJS.ReadableStream];
  const [[status], stdout, stderr] = await Promise.all([once(child, 'close'), text(out), text(err)]);
  expect(stderr).not.toMatch(/^\s+at /m);
  return { status, stdout, stderr };
}

/** The login link that the browser was led to. */
async function visited(): Promise<URL> {
  // The browser may still be writing it.
  await vi.waitUntil(() => existsSync(at('visited')), soon);
  const [status, location = ''] = readFileSync(at('visited'), 'utf8').split(' ');
  expect(status).toBe('302');
  return new URL(location);
}

const destination = async () => (await visited()).searchParams.get('Destination');

describe('roleferry console', () => {
  it('opens the console in the browser, and says with whose credentials', async () => {
    const { status, stdout, stderr } = await run(['dev']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    expect(stderr).toMatch(
      /opening the console with dev, Developer in 1111-2222-3333: \d+ h( \d+ min)? left\n/,
    );
    const link = await visited();
    expect(link.origin + link.pathname).toBe(`${endpoint}/federation`);
    expect(Object.fromEntries(link.searchParams)).toEqual({
      Action: 'login',
      Issuer: 'roleferry',
      Destination: 'https://console.aws.amazon.com/console/home',
      SigninToken: token,
    });
  });

  it('sends the credentials to the endpoint alone, in no address, and asks for no length of the session', async () => {
    await run(['dev']);
    expect(asked).toHaveLength(1);
    const [{ method, url, form }] = asked as [(typeof asked)[number]];
    expect([method, url, [...form.keys()]]).toEqual(['POST', '/federation', ['Action', 'Session']]);
    expect(JSON.parse(form.get('Session') ?? '')).toEqual({
      sessionId: 'ASIAEXAMPLEEXAMPLE12',
      sessionKey: 'abcdefghijklmnopqrstuvwxyz0123456789+/ab',
      sessionToken: 'FwoGZXIvYXdzEXAMPLE+/token==',
    });
  });

  it('starts the browser without the token, which everybody on the machine could read there', async () => {
    const { stderr } = await run(['dev']);
    expect(opened()).toEqual([expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{43}$/)]);
    for (const words of [...opened(), stderr]) expect(words).not.toContain(token);
  });

  it('takes the profile of AWS tools where none is named', async () => {
    expect(await run([], { AWS_PROFILE: 'dev' })).toMatchObject({ status: 0 });
    expect(await run(['-p', 'dev'])).toMatchObject({ status: 0 });
    expect(await run(['dev', '-p', 'other'])).toMatchObject({ status: 2 });
    expect(await run([])).toMatchObject({ status: 2, stderr: expect.stringContaining('No profile given') });
  });

  it('shows a service, a region, or a page', async () => {
    await run(['dev', '--service', 'CFN', '--region', 'eu-central-1']);
    expect(await destination()).toBe(
      'https://console.aws.amazon.com/cloudformation/home?region=eu-central-1',
    );
    const page = 'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/f';
    await run(['dev', '--url', page]);
    expect(await destination()).toBe(page);
  });

  it('shows the region of the profile', async () => {
    writeFileSync(home.configFile, '[profile dev]\nregion = ap-south-1\n');
    await run(['dev']);
    expect(await destination()).toBe('https://console.aws.amazon.com/console/home?region=ap-south-1');
  });

  it('opens second roles and roles of users like all others', async () => {
    const second = temporarySection('deploy').replace('assumed-role/Developer', 'assumed-role/Deploy');
    writeFileSync(home.credentialsFile, second);
    const { status, stderr } = await run(['deploy']);
    expect(status).toBe(0);
    expect(stderr).toContain('Deploy in 1111-2222-3333');
  });

  it('opens profiles that are not Roleferry’s', async () => {
    const given = {
      Version: 1,
      AccessKeyId: 'ASIAFOREIGNFOREIGN12',
      SecretAccessKey: 'hush',
      SessionToken: 'more',
    };
    writeFileSync(
      home.configFile,
      `[profile other]\nregion = cn-north-1\ncredential_process = /bin/echo '${JSON.stringify(given)}'\n`,
    );
    const { status, stderr } = await run(['other']);
    expect(status).toBe(0);
    expect(stderr).toContain('opening the console with other\n');
    expect(asked[0]?.form.get('Session')).toContain('ASIAFOREIGNFOREIGN12');
    expect(await destination()).toBe('https://console.amazonaws.cn/console/home?region=cn-north-1');
  });

  it('opens the console of the partition', async () => {
    writeFileSync(home.credentialsFile, temporarySection('cn').replace('arn:aws:', 'arn:aws-cn:'));
    await run(['cn', '--service', 's3', '--region', 'cn-north-1']);
    expect(await destination()).toBe('https://console.amazonaws.cn/s3/home?region=cn-north-1');
  });

  it('opens it with the named browser, with its options', async () => {
    const other = browser('other');
    await run(['dev', '--browser', `${other} --new-window %s`], { BROWSER: 'false' });
    expect(opened()).toEqual(['--new-window', expect.stringMatching(/^http:/)]);
    expect((await visited()).searchParams.get('SigninToken')).toBe(token);
  });

  it('opens it in a container of Firefox', async () => {
    browser('firefox');
    const { status } = await run(['dev', '--container', 'Dev & Söhne'], {
      PATH: home.path,
      BROWSER: 'false',
    });
    expect(status).toBe(0);
    const [, name = '', url = ''] = /^ext\+container:name=([^&]*)&url=([^&]*)$/.exec(opened()[0] ?? '') ?? [];
    expect(decodeURIComponent(name)).toBe('Dev & Söhne');
    expect(decodeURIComponent(url)).toMatch(/^http:\/\/127\.0\.0\.1:/);
    expect((await visited()).searchParams.get('SigninToken')).toBe(token);
  });

  it('tells AWS where the next login begins, if that is known', async () => {
    const link = 'https://idp.example/start?app=aws&x=1';
    rememberLink(link);
    await run(['dev']);
    expect((await visited()).searchParams.get('Issuer')).toBe(link);
  });

  it('logs in first where the credentials have expired', async () => {
    writeFileSync(home.credentialsFile, temporarySection('dev', { expiration: '2020-01-01T00:00:00Z' }));
    rememberLink('https://idp.example/start');
    const renewed = temporarySection('dev', { accessKeyId: 'ASIANEWNEWNEWNEW1234' });
    const logsIn = `case "$1" in https://idp.example/*) printf '%s' '${renewed}' > "$HOME/.aws/credentials"; exit;; esac`;
    const { status } = await run(['dev'], { BROWSER: browser('logs-in', logsIn) });
    expect(status).toBe(0);
    expect(opened()).toEqual(['https://idp.example/start', expect.stringMatching(/^http:/)]);
    expect(asked[0]?.form.get('Session')).toContain('ASIANEWNEWNEWNEW1234');
  });

  it('changes no file', async () => {
    const { [home.credentialsFile]: before } = home.files();
    await run(['dev']);
    const left = home.files();
    expect(left[home.credentialsFile]).toBe(before);
    const noted = ['opened', 'visited'].map(at);
    for (const [file, content] of Object.entries(left)) {
      if (!noted.includes(file)) expect(content, file).not.toContain(token);
    }
  });
});

describe('roleferry console --print', () => {
  const link = () => new RegExp(`^${endpoint}/federation\\?Action=login&.*SigninToken=`);

  it('prints the link alone into a pipe, opens nothing, and says what it is', async () => {
    const { status, stdout, stderr } = await run(['dev', '--print']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringMatching(link()) });
    expect(new URL(stdout.trimEnd()).searchParams.get('SigninToken')).toBe(token);
    expect(stderr).toContain('for 15 minutes, whoever has this link is logged in\n');
    expect(opened()).toEqual([]);
  });

  const python = needs('python3');
  it.skipIf(python.missing)('prints it on a terminal', async () => {
    const command = [process.execPath, cli.file, 'console', 'dev', '--print'];
    const { said, status } = await interruptInPty(python.path, 'words that never come', command, {
      ...home.env,
      ...env(),
    });
    expect(status).toBe(0);
    expect(said).toContain('SigninToken=');
  });

  it('leaves it in no file, and asks AWS for nothing then', async () => {
    const file = at('history');
    const child = spawn(process.execPath, [cli.file, 'console', 'dev', '--print'], {
      env: { ...home.env, ...env() },
      stdio: ['ignore', openSync(file, 'w'), 'pipe'],
    });
    const [[status], stderr] = await Promise.all([
      once(child, 'close'),
      text(child.stderr as NodeJS.ReadableStream),
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /^roleferry: The link is a secret, and stdout is a file.*\nhint: .* console dev --print \| wl-copy\n$/,
    );
    expect([readFileSync(file, 'utf8'), asked]).toEqual(['', []]);
  });

  it.each([
    ['--browser', 'firefox'],
    ['--container', 'dev'],
  ])('is not for %s', async (option, value) => {
    expect(await run(['dev', '--print', option, value])).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('roleferry console opens nothing', () => {
  /** Says so in these words, and shows neither credentials nor token. */
  async function refused(
    words: string | RegExp,
    args: string[],
    status = 1,
    more: Record<string, string> = {},
  ) {
    const done = await run(args, more);
    expect(done).toMatchObject({ status, stdout: '', stderr: expect.stringMatching(words) });
    expect(done.stderr).toMatch(/(^|\n)roleferry: .+\nhint: .+\n$/);
    expect(done.stderr).not.toMatch(/SigninToken|FwoGZX|abcdefghij|secret@/);
    expect(opened()).toEqual([]);
  }

  it('of a profile that there is not', async () => {
    await refused('There is no profile typo', ['typo']);
  });

  it('with expired credentials that nothing renews', async () => {
    writeFileSync(home.credentialsFile, temporarySection('dev', { expiration: '2020-01-01T00:00:00Z' }));
    await refused(/expired at 2020.*\nhint: .*roleferry.* login dev/, ['dev']);
    expect(asked).toEqual([]);
  });

  it('with long-lived keys, and says what does', async () => {
    const keys = '[me]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = abcdefghijklmnop\n';
    writeFileSync(home.credentialsFile, keys);
    await refused(/no console with long-lived keys.*\nhint: .*roleferry.* user .*--source-profile me/, [
      'me',
    ]);
    expect(asked).toEqual([]);
  });

  it('where AWS refuses the credentials', async () => {
    answer = { status: 400, body: '<html>Invalid credentials parameter</html>' };
    await refused(/opens no console with the credentials of dev .*\nhint: .*roleferry.* login dev/, ['dev']);
  });

  it('where AWS refuses the session of a user, and says what it takes', async () => {
    writeFileSync(home.credentialsFile, temporarySection('mfa').replace(/x_principal.*\n/, ''));
    answer = { status: 400, body: '' };
    await refused(/hint: .*not with those of GetSessionToken.*roleferry.* user/, ['mfa']);
  });

  it('where something else answers', async () => {
    answer = { status: 200, body: '<html>Welcome to our network</html>' };
    await refused('what answers is not AWS Sign-In', ['dev']);
  });

  it('where the proxy that is set cannot be reached', () =>
    refused('The proxy 127.0.0.1:1 \\(HTTPS_PROXY\\) could not be reached', ['dev'], 1, {
      AWS_ENDPOINT_URL_SIGNIN: '',
      HTTPS_PROXY: 'http://127.0.0.1:1',
    }));

  it('over http on another machine', () =>
    refused('http is for this machine alone', ['dev'], 1, {
      AWS_ENDPOINT_URL_SIGNIN: 'http://signin.example',
    }));

  it('while nobody checks certificates', () =>
    refused('NODE_TLS_REJECT_UNAUTHORIZED=0', ['dev'], 1, {
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
      AWS_ENDPOINT_URL_SIGNIN: 'https://127.0.0.1:1',
    }));

  it.each([
    ['https://evil.example/', 'not the https address of a page'],
    ['https://console.amazonaws.cn/s3/home', 'is not in the partition aws, where the profile dev is'],
  ])('at %s', async (url, words) => {
    await refused(words, ['dev', '--url', url], 2);
    expect(asked).toEqual([]);
  });

  it.each([
    [['--service', '../iam'], 'A service is named like s3'],
    [['--region', 'cn-north-1'], 'cn-north-1 is not in the partition aws'],
    [['--region', 'x'], 'A region looks like'],
    [['--url', 'https://console.aws.amazon.com/', '--service', 's3'], 'cannot be used with'],
    [['--browser', ''], 'It is empty'],
    [['--container', ' '], 'It is empty'],
  ])('with %j', (args, words) => refused(words, ['dev', ...args], 2));

  it.each([
    [['dev'], 'no-such-browser'],
    [['dev', '--browser', 'no-such-browser'], 'true'],
  ])('without a browser (%j), and says how to get the link', async (args, BROWSER) => {
    await refused(/there is no program no-such-browser\.\nhint: .*--print/, args, 1, { BROWSER });
  });

  it('where no browser can be, and asks AWS for nothing then', async () => {
    const more = { BROWSER: '', SSH_CONNECTION: '192.0.2.1 5 192.0.2.2 22' };
    await refused(/could not be opened: this is an SSH session\.\nhint: .*--print/, ['dev'], 1, more);
    expect(asked).toEqual([]);
  });

  it('where the browser fails', () =>
    refused(/false ended with 1\.\nhint: .*--print/, ['dev'], 1, { BROWSER: 'false' }));

  it('in Firefox where there is none', () =>
    refused('there is no program firefox', ['dev', '--container', 'x'], 1, { PATH: home.path }));
});

it('roleferry console names another endpoint than AWS’s', async () => {
  const { stderr } = await run(['dev']);
  expect(stderr).toContain(
    `Asking ${new URL(endpoint).host} instead of AWS Sign-In (AWS_ENDPOINT_URL_SIGNIN).\n`,
  );
});
