import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BrokerStage, stageConfig, startBrokerStage } from '../fixtures/broker-stage.ts';
import { type BuiltCli, buildCli, type CliHome } from '../fixtures/built-cli.ts';
import { makeAuthority } from '../rehearsal/authority.ts';
import { freePort } from '../rehearsal/free-port.ts';

let cli: BuiltCli;
let stage: BrokerStage;
let home: CliHome;
let token: string;

beforeAll(async () => {
  const listen = `127.0.0.1:${await freePort()}`;
  [cli, stage] = await Promise.all([
    buildCli(),
    startBrokerStage({ url: `http://${listen}`, listen, roles }),
  ]);
}, 60_000);
afterAll(async () => {
  await stage?.close();
  cli?.close();
});
beforeEach(async () => {
  home = cli.newHome();
  token = await stage.machineToken();
});

const { roles: own } = stageConfig('', '');
/** Those of the stage, and one more for `repo:example/site`. */
const roles = {
  ...own,
  audit: { ...own.deploy, allow: [{ issuer: 'machines', claims: { sub: 'repo:example/site' } }] },
};

async function run(args: string[], env: Record<string, string> = {}) {
  const child = home.start(args, env);
  const [out, err] = [child.stdout, child.stderr] as NodeJS.ReadableStream[];
  const [[status], stdout, stderr] = await Promise.all([
    once(child, 'close'),
    text(out as NodeJS.ReadableStream),
    text(err as NodeJS.ReadableStream),
  ]);
  return { status, stdout, stderr };
}

const asMachine = (...more: string[]) =>
  run(['request', stage.base, ...more, '--token-env', 'MY_TOKEN'], { MY_TOKEN: token });

const profile = () => readFileSync(home.credentialsFile, 'utf8');
const session = /x_principal_arn = arn:aws:sts::444455556666:assumed-role\/Deploy\//;

describe('roleferry request, for a machine', () => {
  it('writes the profile of the only role that the token may have', async () => {
    expect(await asMachine('--profile', 'deploy')).toEqual({
      status: 0,
      stdout: expect.stringMatching(/^wrote deploy: arn:aws:iam::444455556666:role\/brokered\/Deploy, /),
      stderr: '',
    });
    expect(profile()).toMatch(session);
    expect(profile()).not.toContain(token);
  });

  it('lists what the token may have, and writes nothing', async () => {
    const before = home.files();
    const { status, stdout } = await asMachine('--list');
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(
        /^ROLE .*\ndeploy +444455556666 +arn:aws:iam::444455556666:role\/brokered\/Deploy +1 h\n$/,
      ),
    ]);
    expect(home.files()).toEqual(before);
  });

  it('runs a command with the credentials and writes nothing', async () => {
    const before = home.files();
    expect(await asMachine('deploy', '--exec', 'echo $AWS_ACCOUNT_ID')).toMatchObject({
      status: 0,
      stdout: '444455556666\n',
    });
    expect(home.files()).toEqual(before);
  });

  it('is a credential_process with the token of a file', async () => {
    const file = join(home.path, 'token');
    writeFileSync(file, `${token}\n`);
    const { status, stdout } = await run([
      ...['request', stage.base, 'deploy', '--token-file', file, '--credential-process'],
    ]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ Version: 1, AccountId: '444455556666' });
  });

  it('never takes the place of long-lived keys without a yes', async () => {
    const keys = '[deploy]\naws_access_key_id = AKIAEXAMPLEEXAMPLE12\naws_secret_access_key = abc\n';
    writeFileSync(home.credentialsFile, keys);
    expect(await asMachine('deploy', '--profile', 'deploy')).toMatchObject({ status: 1 });
    expect(profile()).toBe(keys);
    expect(await asMachine('deploy', '--profile', 'deploy', '--replace')).toMatchObject({ status: 0 });
    expect(profile()).toMatch(session);
  });

  it('says why the broker refuses, and writes nothing', async () => {
    token = await stage.machineToken({ sub: 'repo:example/other' });
    const before = home.files();
    expect(await asMachine('deploy')).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/^roleferry: \S+ refused \(AccessDenied\): .*\nhint: .*--list/),
    });
    expect(await asMachine('--profile', 'x')).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('The broker has no role for you.'),
    });
    expect(home.files()).toEqual(before);
  });

  it('lists the roles when there are several and none is named, as for any wrong command line', async () => {
    token = await stage.machineToken({ sub: 'repo:example/site' });
    const { status, stdout, stderr } = await asMachine('--profile', 'x');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/audit .*deploy .*offers 2 roles, and none was chosen/s);
  });

  it.each([
    ['an address over http', ['request', 'http://broker.example', 'dev'], 'http is for this machine alone'],
    [
      'a role that would lead elsewhere',
      ['request', 'broker.example', '../v1'],
      "the broker's name for a role",
    ],
    [
      'a login at each call',
      ['request', 'broker.example', 'dev', '--credential-process'],
      'needs --token-file',
    ],
    [
      'two tokens',
      ['request', 'broker.example', '--token-env', 'A', '--github-actions'],
      'cannot be used with option',
    ],
    ['a port of the system', ['request', 'broker.example', '--redirect-port', '80'], 'from 1024 to 65535'],
  ])('refuses %s before anybody is asked', async (_, args, words) => {
    const { status, stdout, stderr } = await run(args);
    expect([stdout, stderr]).toEqual(['', expect.stringContaining(words)]);
    expect(status).toBe(2);
  });
});

describe('a broker whose certificate nobody on this machine trusts', () => {
  it('gets no token, until its authority is trusted', async () => {
    const authority = await makeAuthority();
    const shown: (string | undefined)[] = [];
    const server = createServer(await authority.issue(['localhost']), (message, response) => {
      shown.push(message.headers.authorization);
      response.end('{"roles":[]}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    const list = (more = {}) =>
      run(['request', url, '--list', '--token-env', 'MY_TOKEN'], { MY_TOKEN: token, ...more });
    expect(await list()).toEqual({
      status: 1,
      stdout: '',
      stderr: expect.stringContaining('its certificate is not one that this machine trusts'),
    });
    expect(shown).toEqual([]);
    const file = join(home.path, 'authority.pem');
    writeFileSync(file, authority.certificatePem);
    expect(await list({ NODE_EXTRA_CA_CERTS: file })).toMatchObject({ status: 0 });
    expect(shown).toEqual([`Bearer ${token}`]);
    server.close();
  });
});

describe('a profile that a broker gave to a person', () => {
  const known = (roleArn: string) => {
    const folder = join(home.path, '.local/share/roleferry');
    home.makeFolder(folder);
    const brokerProfiles = [{ profile: 'deploy', url: 'https://broker.example', role: 'deploy', roleArn }];
    writeFileSync(
      join(folder, 'host.json'),
      JSON.stringify({ extensionIds: [], manifests: [], folders: [], brokerProfiles }),
    );
  };

  it('is shown with its broker', async () => {
    await asMachine('deploy', '--profile', 'deploy');
    known('arn:aws:iam::444455556666:role/brokered/Deploy');
    expect(JSON.parse(home.run(['list', '--json']).stdout)).toMatchObject([
      { profile: 'deploy', broker: 'https://broker.example' },
    ]);
    expect(home.run(['list']).stdout).toMatch(/BROKER\ndeploy .* https:\/\/broker\.example\n$/);
    expect(home.run(['doctor']).stdout).toContain('deploy is the role deploy of https://broker.example');
  });

  it('is the broker’s no more once something else wrote another role to it', async () => {
    await asMachine('deploy', '--profile', 'deploy');
    known('arn:aws:iam::444455556666:role/Other');
    expect(JSON.parse(home.run(['list', '--json']).stdout)).toMatchObject([{ broker: null }]);
    expect(home.run(['doctor']).stdout).toContain('has a role of something else now');
    expect(home.run(['login', '--profile', 'deploy']).stderr).toContain('No sign-in link is known');
  });

  it('is a machine’s when that wrote it last', async () => {
    known('arn:aws:iam::444455556666:role/brokered/Deploy');
    await asMachine('deploy', '--profile', 'deploy');
    expect(JSON.parse(home.run(['list', '--json']).stdout)).toMatchObject([{ broker: null }]);
  });
});
