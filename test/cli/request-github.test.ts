import { once } from 'node:events';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Stage } from '../acceptance/cli-stage.ts';
import { type BrokerStage, startBrokerStage } from '../fixtures/broker-stage.ts';
import { type BuiltCli, buildCli } from '../fixtures/built-cli.ts';
import { machineMissing, onMachineWith } from '../fixtures/with-machine-policy.ts';
import { freePort } from '../rehearsal/free-port.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { accounts } from '../rehearsal/world.ts';

let cli: BuiltCli;
let broker: BrokerStage;
let home: ScratchHome;
let github: Server;
/** For whom tokens were asked for, each with what the job showed. */
let fetched: string[];

beforeAll(async () => {
  const listen = `127.0.0.1:${await freePort()}`;
  [cli, broker, home] = await Promise.all([
    buildCli(),
    startBrokerStage({ url: `http://${listen}`, listen }),
    makeScratchHome(),
  ]);
  github = createServer(async (request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://github');
    const aud = searchParams.get('audience');
    fetched.push(`${aud} ${request.headers.authorization}`);
    const value = await broker.machineToken({ jti: `job-${fetched.length}` });
    response.end(JSON.stringify({ count: 1, value }));
  }).listen(0, '127.0.0.1');
  await once(github, 'listening');
}, 60_000);
afterAll(async () => {
  github?.close();
  await Promise.all([broker?.close(), home?.close()]);
  cli?.close();
});

let stage: Stage;
beforeEach(() => {
  fetched = [];
  stage = new Stage(broker.rehearsal, home, [process.execPath, cli.file]);
  stage.clean();
});

const job = () => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: `http://127.0.0.1:${(github.address() as AddressInfo).port}/token?v=2`,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'job',
});
const request = (...args: string[]) => ['request', broker.base, 'deploy', '--github-actions', ...args];
const run = (...args: string[]) => stage.run(request(...args), { env: job() });
const processProfile = (name: string) =>
  `[profile ${name}]\ncredential_process = roleferry credential-process --profile ${name}\n`;

describe('roleferry request --github-actions', () => {
  it('writes the profile with a token that was fetched for this broker', async () => {
    expect(await run('--profile', 'deploy')).toMatchObject({ status: 0, stderr: '' });
    expect(stage.credentials()).toMatch(/^\[deploy\]\n[^[]*assumed-role\/Deploy\//);
    expect(fetched).toEqual([`${broker.base} bearer job`]);
    expect(broker.audit().at(-1)).toMatchObject({ outcome: 'issued', jti: 'job-1' });
  });

  it('fetches a fresh token each time that AWS tools ask for credentials', async () => {
    for (const jti of ['job-1', 'job-2']) {
      const { status, stdout } = await run('--credential-process');
      expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ Version: 1 })]);
      expect(broker.audit().at(-1)).toMatchObject({ jti });
    }
    expect(stage.contents()).toEqual({});
  });

  it('puts what it gets into the cache of a process profile, and no key into the credentials file', async () => {
    writeFileSync(home.configFile, processProfile('deploy'));
    expect(await run('--profile', 'deploy')).toMatchObject({ status: 0, stderr: '' });
    expect(stage.contents().credentials ?? '').not.toContain('aws_access_key_id');
    expect(readFileSync(home.configFile, 'utf8')).toContain(processProfile('deploy').trim());
    const asked = await stage.run(['credential-process', '--profile', 'deploy']);
    expect([asked.status, JSON.parse(asked.stdout)]).toEqual([
      0,
      expect.objectContaining({ AccountId: accounts.production }),
    ]);
  });

  it('says what the job lacks where it may have no token', async () => {
    const { status, stderr } = await stage.run(request());
    expect([status, stderr]).toEqual([1, expect.stringContaining('permissions: id-token: write')]);
    expect(stage.contents()).toEqual({});
  });
});

describe.skipIf(machineMissing())('roleferry request --github-actions on a machine with a policy', () => {
  const on = (policy: object | string, ...args: string[]) => {
    const scratch = mkdtempSync(join(broker.folder, 'machine-'));
    const program = onMachineWith(policy, scratch, [process.execPath, cli.file]);
    return new Stage(broker.rehearsal, home, program).run(request(...args), { env: job() });
  };

  it.each<[string, object | string, string]>([
    ['no credentials in files', { forbidProfiles: true }, 'does not allow credentials in files'],
    ['what cannot be read', '{', '/etc/roleferry/policy.json, cannot be used: it is not JSON'],
  ])('that allows %s fetches no token', async (_, policy, why) => {
    const { status, stdout, stderr } = await on(policy, '--profile', 'deploy');
    expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(why)]);
    expect([fetched, stage.contents()]).toEqual([[], {}]);
  });

  it.each<[string, object, string]>([
    [
      'another account',
      { allowedAccounts: [accounts.development] },
      `does not allow account ${accounts.production}`,
    ],
    [
      'another broker',
      { allowedIssuers: ['https://other.example'] },
      'does not allow the identity provider ',
    ],
  ])('that allows %s alone gets nothing written, handed out or run', async (_, policy, why) => {
    for (const args of [['--profile', 'deploy'], ['--credential-process'], ['--exec', 'echo run']]) {
      const { status, stdout, stderr } = await on(policy, ...args);
      expect([status, stdout, stderr]).toEqual([1, '', expect.stringContaining(why)]);
    }
    expect(stage.contents()).toEqual({});
  });

  it('that forbids the account gets nothing into the cache of a process profile either', async () => {
    writeFileSync(home.configFile, processProfile('fresh'));
    expect(await on({ allowedAccounts: [] }, '--profile', 'fresh')).toMatchObject({ status: 1, stdout: '' });
    expect(stage.contents()).toEqual({ config: processProfile('fresh') });
    const asked = await stage.run(['credential-process', '--profile', 'fresh']);
    expect(asked).toMatchObject({ status: 1, stdout: '', stderr: expect.stringContaining('fresh') });
  });

  it('that allows this broker and account gets no longer a session than it allows', async () => {
    const policy = {
      allowedAccounts: [accounts.production],
      allowedIssuers: [broker.base],
      maxSessionDuration: 900,
    };
    expect(await on(policy, '--profile', 'deploy')).toMatchObject({ status: 0, stderr: '' });
    expect(broker.asksOfSts().at(-1)?.form.get('DurationSeconds')).toBe('900');
    expect(stage.credentials()).toContain('[deploy]');
  });
});
