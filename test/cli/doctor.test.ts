import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/cli/doctor/finding.ts';
import { ownPrograms } from '../../src/native-host/registration/programs.ts';
import { cliForTest } from '../fixtures/cli.ts';

const cli = cliForTest();

const inHome = (path: string) => join(cli.home, path);
const manifest = () => inHome('.config/chromium/NativeMessagingHosts/roleferry.json');
const hostFolder = '.local/share/roleferry';
const wrapper = () => inHome(`${hostFolder}/roleferry-host`);

let installed: { home: string; copy: string } | undefined;

/** Runs `roleferry install` once, and gives every other home a copy of what that made. */
function install() {
  if (installed === undefined) {
    expect(cli.run('install', '--browser', 'chromium')).toMatchObject({ status: 0 });
    installed = { home: cli.home, copy: join(dirname(cli.home), 'installed') };
    cpSync(cli.home, installed.copy, { recursive: true });
    return;
  }
  const { home, copy } = installed;
  cpSync(copy, cli.home, { recursive: true });
  for (const file of [manifest(), wrapper(), inHome(`${hostFolder}/host.json`)]) {
    rewrite(file, (content) => content.replaceAll(home, cli.home));
  }
}

/** The wrapper as install makes it when it runs on another Node. */
function onNode(node: string) {
  const { host } = ownPrograms({ platform: process.platform, env: {}, home: cli.home }, cli.hostFile);
  writeFileSync(wrapper(), host.wrappers[0]?.textFor(node) ?? '');
}

function doctor(): { status: number | null; findings: Finding[] } {
  const { status, stdout, stderr } = cli.look('doctor', '--json');
  expect(stderr).toBe('');
  return { status, findings: JSON.parse(stdout) };
}

function rewrite(file: string, change: (content: string) => string) {
  const content = readFileSync(file, 'utf8');
  expect(change(content)).not.toBe(content);
  writeFileSync(file, change(content));
}

describe('roleferry doctor', () => {
  it('runs what AWS tools run for process profiles, and says when it does not start', () => {
    install();
    expect(cli.run('configure-process', 'dev', '--login').status).toBe(0);
    const profiles = () => doctor().findings.filter(({ check }) => check === 'profiles');
    expect(profiles()).toMatchObject([{ level: 'ok' }]);
    rmSync(inHome(`${hostFolder}/credential-process.cjs`));
    expect(profiles()).toMatchObject([{ level: 'broken', remedy: 'run: roleferry configure-process dev' }]);
    writeFileSync(inHome(`${hostFolder}/credential-process.cjs`), 'console.log("noise {}")');
    expect(profiles()).toMatchObject([
      { level: 'broken', message: expect.stringContaining('something other than JSON') },
    ]);
  });

  it('is content with what install made, and has heard the host itself', () => {
    install();
    cli.put('.aws/credentials', '[dev]\naws_access_key_id = ASIA\n');
    const { status, stdout, stderr } = cli.look('doctor');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toMatch(/^[!✗]/m);
    expect(stdout).not.toContain('\u001b');
    expect(stdout).toMatch(/^✓ ok {7}started as Chromium would, the host answers: version \d/m);
    expect(stdout).toMatch(/\n\nno problems found\n$/);
  });

  it('takes a config file that a link leads to, and that may not be changed, for meant so', () => {
    install();
    cli.put('.aws/credentials', '');
    cli.put('store', '[default]\nregion = eu-west-1\n');
    chmodSync(inHome('store'), 0o444);
    symlinkSync(inHome('store'), inHome('.aws/config'));
    // Only root can give a file to somebody else.
    if (process.getuid?.() === 0) chownSync(inHome('store'), 65534, 65534);
    const { status, stdout } = cli.look('doctor');
    expect(stdout).not.toMatch(/chown|not yours|^[!✗]/m);
    expect(stdout).toMatch(/^✓ ok {7}.*config is read-only for Roleferry, so no regions are written there$/m);
    expect(status).toBe(0);
  });

  it('serves Firefox with its own way of starting the host', () => {
    expect(cli.run('install', '--browser', 'firefox').status).toBe(0);
    expect(cli.look('doctor').stdout).toMatch(/^✓ ok {7}started as Firefox would, the host answers/m);
  });

  it('says what to do when nothing is installed', () => {
    const { status, stdout } = cli.look('doctor');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^✗ broken {3}the native host is not installed\n {11}→ run: roleferry install$/m);
    expect(stdout).toMatch(/\n1 broken, 0 warnings\n$/);
  });

  it('does not take what login and configure-process keep for an installation', () => {
    const record = { extensionIds: [], manifests: [], folders: [], signInLinks: [] };
    cli.put(`${hostFolder}/host.json`, JSON.stringify(record));
    cli.put(`${hostFolder}/cache/x.json`, '{}');
    const { stdout } = cli.look('doctor');
    expect(stdout).toContain('the native host is not installed');
    expect(stdout).not.toContain('is installed in');
    expect(stdout).toMatch(/\n1 broken, 0 warnings\n$/);
  });

  it.each([
    ['chrome', ['Chrome']],
    ['chrome-for-testing', ['Chrome for Testing', 'Chrome']],
    ['opera', ['Opera', 'Chrome']],
    ['firefox', ['Firefox']],
  ])(
    'speaks of %s where that was named to install, and not of those that look in more places than that',
    (id, names) => {
      expect(cli.run('install', '--browser', id).status).toBe(0);
      const { status, findings } = doctor();
      expect(status).toBe(0);
      const spokenOf = findings.filter(({ check }) => check === 'browser').map(({ message }) => message);
      expect(spokenOf.filter((message) => !names.some((name) => message.startsWith(`${name} lets`)))).toEqual(
        [],
      );
      expect(spokenOf.length).toBeGreaterThan(0);
    },
  );

  it.each<[what: string, breakIt: () => void, message: RegExp, level: Finding['level']]>([
    ['a record that is damaged', () => cli.put(`${hostFolder}/host.json`, '{'), /record.*damaged/, 'broken'],
    [
      'a host that is gone',
      () => rmSync(inHome(`${hostFolder}/native-host.cjs`)),
      /native-host\.cjs is missing/,
      'broken',
    ],
    [
      'a host of another version',
      () => rewrite(inHome(`${hostFolder}/native-host.cjs`), (code) => `${code}\n// older`),
      /is of another version/,
      'warning',
    ],
    ['a wrapper that is gone', () => rmSync(wrapper()), /which browsers start, is missing/, 'broken'],
    ['a wrapper that may not run', () => chmodSync(wrapper(), 0o644), /not executable/, 'broken'],
    [
      'a wrapper that was changed',
      () => rewrite(wrapper(), (sh) => `${sh}:\n`),
      /was changed after the installation/,
      'broken',
    ],
    [
      'a Node that is gone',
      () => onNode('/gone/bin/node'),
      /\/gone\/bin\/node, which is gone; it uses another Node/,
      'warning',
    ],
    [
      'a Node that does not start',
      () => onNode('/bin/false'),
      /\/bin\/false, which runs the host, does not start/,
      'broken',
    ],
    [
      'a Node that is too old',
      () => {
        chmodSync(cli.put('node', '#!/bin/sh\necho v18.20.8\n'), 0o700);
        onNode(inHome('node'));
      },
      /runs on Node 18\.20\.8 but needs/,
      'broken',
    ],
    [
      'a host that is not one',
      () => writeFileSync(inHome(`${hostFolder}/native-host.cjs`), 'process.stdout.write("hello, world")'),
      /started as Chromium would: .*does not understand/,
      'broken',
    ],
    [
      'a host that ends at once',
      () => writeFileSync(inHome(`${hostFolder}/native-host.cjs`), 'process.exit(3)'),
      /started as Chromium would: .*stopped before it answered/,
      'broken',
    ],
    ['a manifest that is gone', () => rmSync(manifest()), /not registered with Chromium/, 'warning'],
    ['no manifest at all', () => rmSync(manifest()), /no browser can start the host/, 'broken'],
    ['a manifest that is no JSON', () => writeFileSync(manifest(), '{'), /it is not JSON/, 'broken'],
    [
      'a manifest of something else',
      () => rewrite(manifest(), (json) => json.replace('stdio', 'carrier pigeon')),
      /not Roleferry's host manifest/,
      'broken',
    ],
    [
      'a manifest that leads elsewhere',
      () => rewrite(manifest(), (json) => json.replace(wrapper(), 'roleferry-host')),
      /it points to roleferry-host, which is not Roleferry's host/,
      'broken',
    ],
    [
      'a manifest that does not allow the extension',
      () => rewrite(manifest(), (json) => json.replace(/chrome-extension:\/\/\w+/, 'chrome-extension://x')),
      /does not allow the Roleferry extension/,
      'broken',
    ],
    [
      'credentials that others can read',
      () => chmodSync(cli.put('.aws/credentials', ''), 0o644),
      /other users can read .*\.aws\/credentials/,
      'broken',
    ],
    [
      'credentials that others can read and change',
      () => chmodSync(cli.put('.aws/credentials', ''), 0o666),
      /other users can read and change .*\.aws\/credentials/,
      'broken',
    ],
    [
      'credentials that others could run',
      () => chmodSync(cli.put('.aws/credentials', ''), 0o611),
      /other users can run .*\.aws\/credentials/,
      'broken',
    ],
    [
      'a folder that others can write to',
      () => {
        cli.put('.aws/credentials', '');
        chmodSync(inHome('.aws'), 0o777);
      },
      /other users can change .*\.aws$/,
      'broken',
    ],
    [
      'a host that others can change',
      () => chmodSync(inHome(`${hostFolder}/native-host.cjs`), 0o666),
      /can change .*native-host\.cjs/,
      'broken',
    ],
    [
      'a credentials file that cannot be understood',
      () => cli.put('.aws/credentials', '[dev]\nkey = value\nnonsense\n'),
      /line 3 cannot be understood/,
      'broken',
    ],
    ['a config file likewise', () => cli.put('.aws/config', 'x\n'), /config .*line 1/, 'broken'],
    [
      'a credentials file that leads nowhere',
      () => {
        mkdirSync(inHome('.aws'), { mode: 0o700 });
        symlinkSync('/gone/credentials', inHome('.aws/credentials'));
      },
      /link to .*leads nowhere/,
      'broken',
    ],
    [
      'a file from the future',
      () => {
        const tomorrow = Date.now() / 1000 + 86_400;
        utimesSync(cli.put('.aws/credentials', ''), tomorrow, tomorrow);
      },
      /changed in the future/,
      'warning',
    ],
    [
      'a browser in a sandbox',
      () => mkdirSync(inHome('snap/chromium'), { recursive: true }),
      /Snap/,
      'warning',
    ],
    [
      'a byte order mark, which the AWS CLI does not read',
      () => cli.put('.aws/credentials', '\ufeff[a]\n'),
      /AWS CLI cannot read .*\/credentials, .*: it begins with a byte order mark/,
      'warning',
    ],
    [
      'a credentials file that is read-only',
      () => {
        cli.put('.aws/credentials', '');
        chmodSync(inHome('.aws/credentials'), 0o400);
      },
      /credentials cannot be written: it is read-only/,
      'broken',
    ],
    [
      'a byte that is not UTF-8, which the AWS CLI does not read',
      () => {
        cli.put('.aws/config', '');
        writeFileSync(inHome('.aws/config'), Buffer.from([35, 0xe9, 10]));
      },
      /AWS CLI cannot read .*\/config, .*: line 1 has a byte that is not UTF-8/,
      'warning',
    ],
    [
      'a section that is there twice, which the AWS CLI does not read',
      () => cli.put('.aws/credentials', '[a]\nx=1\n[b]\n[a]\n[c]\n'),
      /AWS CLI cannot read .*\/credentials, .* line 4 repeats a section/,
      'warning',
    ],
  ])('finds %s, and says what to do', (_, breakIt, message, level) => {
    install();
    breakIt();
    const { status, findings } = doctor();
    const found = findings.find((finding) => message.test(finding.message));
    expect(found, JSON.stringify(findings, null, 2)).toMatchObject({
      level,
      remedy: expect.stringMatching(/\w/),
    });
    expect(status).toBe(findings.some((finding) => finding.level === 'broken') ? 1 : 0);
    for (const finding of findings) expect('remedy' in finding).toBe(finding.level !== 'ok');
  });

  it('is right about what mends the most of it', () => {
    install();
    rmSync(manifest());
    writeFileSync(wrapper(), '');
    expect(doctor().status).toBe(1);
    expect(cli.run('install', '--browser', 'chromium').status).toBe(0);
    expect(doctor()).toMatchObject({ status: 0 });
  });

  it('tells that browsers write another file than this shell uses', () => {
    install();
    const { status, stdout } = cli.runWith({ AWS_SHARED_CREDENTIALS_FILE: inHome('other') }, 'doctor');
    expect(status).toBe(0);
    expect(stdout).toContain(
      `browsers write ${inHome('.aws/credentials')}; this shell uses ${inHome('other')}`,
    );
    expect(stdout).toContain(`roleferry install --credentials-file ${inHome('other')}`);
  });

  it.each(['shared', '/dev/full'])(
    'does not advise to change the mode or owner of %s, which is no file',
    (path) => {
      install();
      mkdirSync(inHome('shared'));
      chmodSync(inHome('shared'), 0o777);
      const file = path.startsWith('/') ? path : inHome(path);
      const named = { AWS_SHARED_CREDENTIALS_FILE: file, AWS_CONFIG_FILE: file };
      const { status, stdout } = cli.runWith(named, 'doctor');
      expect([status, stdout]).toEqual([1, expect.stringContaining(`${file} cannot be read: it is a `)]);
      expect(stdout).not.toMatch(new RegExp(`ch(mod|own) \\d+ ${file}`));
    },
  );

  it('looks where a browser with a data folder of its own looks', () => {
    expect(cli.run('install', '--user-data-dir', 'data').status).toBe(0);
    expect(doctor().status).toBe(0);
    writeFileSync(inHome('data/NativeMessagingHosts/roleferry.json'), '{}');
    expect(doctor()).toMatchObject({ status: 1 });
  });

  it('tells that browser apart from the Chromium that has no host', () => {
    mkdirSync(inHome('.config/chromium'), { recursive: true });
    expect(cli.run('install', '--user-data-dir', 'data').status).toBe(0);
    const { stdout } = cli.look('doctor');
    const named = `the Chromium browser with --user-data-dir ${inHome('data')}`;
    expect(stdout).toContain('! warning  the host is not registered with Chromium\n');
    expect(stdout).toContain(`✓ ok       ${named} lets the Roleferry extension start the host (`);
    expect(stdout).toContain(`✓ ok       started as ${named} would, the host answers: version `);
    expect(stdout).not.toMatch(/Chromium lets|as Chromium would/);
  });
});

describe('roleferry doctor --online', () => {
  it('says that STS answers, and that the clock is right', async () => {
    const { stdout } = await online('<ErrorResponse/>', new Date());
    expect(stdout).toMatch(/^✓ ok {7}127\.0\.0\.1:\d+ answers$/m);
    expect(stdout).toContain('system clock agrees with AWS');
  });

  it('says by how much the clock is wrong', async () => {
    const { status, stdout } = await online('<ErrorResponse/>', new Date(Date.now() + 600_000));
    expect(status).toBe(1);
    expect(stdout).toContain('✗ broken   the system clock is 10 minutes behind AWS');
  });

  it('is not taken in by a captive portal', async () => {
    const { status, stdout } = await online('<h1>Welcome to our hotel</h1>', new Date());
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ broken {3}What answered as .* is not AWS/);
  });

  it('says why nothing answers', () => {
    install();
    const { status, stdout } = cli.runWith(
      { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' },
      'doctor',
      '--online',
    );
    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ broken {3}127\.0\.0\.1:1 could not be reached: /);
  });

  it.each<[string, Record<string, string>, RegExp]>([
    [
      'another machine would be asked over plain http',
      { AWS_ENDPOINT_URL: 'http://sts.rehearsal.test' },
      /✗ broken {3}STS would be asked at sts\.rehearsal\.test over http/,
    ],
    [
      'certificates are not checked',
      { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
      /✗ broken {3}NODE_TLS_REJECT_UNAUTHORIZED=0 is set/,
    ],
  ])('asks nobody where %s, and says so', (_, env, words) => {
    install();
    const { status, stdout } = cli.runWith(env, 'doctor', '--online');
    expect([status, stdout]).toEqual([1, expect.stringMatching(words)]);
  });

  it('names an endpoint that is not AWS’s on stderr, from the config file too', () => {
    install();
    const config = cli.put('endpoint-config', '[default]\nendpoint_url = http://127.0.0.1:1\n');
    const given = cli.runWith({ AWS_CONFIG_FILE: config }, 'doctor', '--online', '--json');
    expect(given.stderr).toBe(
      'Asking 127.0.0.1:1 instead of AWS STS (endpoint_url in the AWS config file).\n',
    );
    expect(given.stdout).toContain('127.0.0.1:1 could not be reached');
  });

  it.each(['AWS_ENDPOINT_URL_STS', 'AWS_ENDPOINT_URL'])(
    'says that %s is no address, and not its value',
    (name) => {
      install();
      const { status, stdout } = cli.runWith({ [name]: 'user:hunter2@sts' }, 'doctor', '--online');
      expect(status).toBe(1);
      expect(stdout).toMatch(`✗ broken   ${name} is not an address that begins with https:// or http://`);
      expect(stdout).not.toContain('hunter2');
    },
  );
});

/** What doctor says of an STS that answers with `body` at the time of `date`. */
async function online(body: string, date: Date): Promise<{ status: unknown; stdout: string }> {
  install();
  const server = createServer((_, response) => {
    response.writeHead(403, { date: date.toUTCString() }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = { HOME: cli.home, AWS_ENDPOINT_URL_STS: `http://127.0.0.1:${port}` };
  const child = spawn(process.execPath, [cli.program, 'doctor', '--online'], { env });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const stdout = await text(child.stdout);
  const status = await ended;
  await new Promise((resolve) => server.close(resolve));
  return { status, stdout };
}

describe('roleferry doctor, behind a proxy', () => {
  const told = (NO_PROXY: string, HTTPS_PROXY = 'http://proxy.example:3128'): Finding[] =>
    JSON.parse(cli.runWith({ NO_PROXY, HTTPS_PROXY }, 'doctor', '--json').stdout).filter(
      ({ check }: Finding) => check === 'network',
    );

  it('warns of entries with a * in NO_PROXY, which exempt no host', () => {
    expect(told('localhost,*.corp.example,10.0.*')).toEqual([
      {
        check: 'network',
        level: 'warning',
        message:
          '*.corp.example in NO_PROXY exempts no host from the proxy, nor does it for curl and the AWS CLI',
        remedy: 'write corp.example, which means that name and all below it',
      },
      {
        check: 'network',
        level: 'warning',
        message: '10.0.* in NO_PROXY exempts no host from the proxy, nor does it for curl and the AWS CLI',
        remedy: 'write names, addresses, or ranges such as 10.0.0.0/8',
      },
    ]);
  });

  it('says nothing where * means all hosts, or there is no proxy', () => {
    expect(told(' * ')).toEqual([]);
    expect(told('.corp.example, 10.0.0.0/8')).toEqual([]);
    expect(told('*.corp.example', '')).toEqual([]);
  });
});

describe('roleferry doctor, where SDKs ask a broker', () => {
  const asked = 'https://broker.example/v1/roles/dev';
  const told = (env: Record<string, string>): Finding[] =>
    JSON.parse(
      cli.runWith({ AWS_CONTAINER_CREDENTIALS_FULL_URI: asked, ...env }, 'doctor', '--json').stdout,
    ).filter(({ message }: Finding) => /SDKs|token/.test(message));

  it('says that they do', () => {
    const file = cli.put('token', 'abc');
    expect(told({ AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file })).toMatchObject([
      { level: 'ok', message: `AWS SDKs here ask ${asked}` },
    ]);
  });

  it.each([
    ['a line break in the token', 'abc\n', {}, 'has a line break'],
    ['no token file', undefined, {}, 'is no token file'],
    ['keys in the environment', 'abc', { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE' }, 'use AWS_ACCESS_KEY_ID'],
  ])('warns of %s', (_, content, env, message) => {
    const file = content === undefined ? inHome('none') : cli.put('token', content);
    expect(told({ AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: file, ...env })).toMatchObject([
      { level: 'warning', message: expect.stringContaining(message), remedy: expect.any(String) },
    ]);
  });

  it('warns of keys in the profile default, which SDKs prefer', () => {
    cli.put('.aws/credentials', '[default]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = x\n');
    expect(told({})).toMatchObject([
      { level: 'warning', message: expect.stringContaining('use the profile default') },
    ]);
  });
});
