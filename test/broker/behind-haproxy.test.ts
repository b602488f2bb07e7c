import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BrokerProcess, type BuiltBroker, buildBroker } from '../fixtures/broker-process.ts';
import { brokerKeys, machineAudience, stageConfig } from '../fixtures/broker-stage.ts';
import { startTokenIssuer, type TokenIssuer } from '../fixtures/token-issuer.ts';
import { needs } from '../needs.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { soon } from '../soon.ts';

const haproxy = needs('haproxy');

/** Botocore tries a container endpoint three times in all, and waits a second in between. */
const sdkTries = 3;
const sdkPause = 1000;

describe.skipIf(haproxy.missing)('two brokers behind haproxy', () => {
  let built: BuiltBroker;
  let rehearsal: Rehearsal;
  let issuer: TokenIssuer;
  let proxy: ChildProcess;
  let url: string;
  let brokers: BrokerProcess[];

  const start = (name: string) => {
    const more = {
      audit: `${name}.log`,
      drainSeconds: 5,
      limits: { perSecond: 100_000, burst: 100_000 },
    };
    const env = {
      ...brokerKeys,
      AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    return built.start(built.writeConfig(stageConfig(issuer.url, issuer.url, more), `${name}.json`), env);
  };

  beforeAll(async () => {
    [built, rehearsal, issuer] = await Promise.all([buildBroker(), startRehearsal(), startTokenIssuer()]);
    brokers = await Promise.all([start('one'), start('two')]);
    const port = await freePort();
    url = `http://127.0.0.1:${port}/v1/roles/deploy`;
    const servers = brokers.map(
      ({ listen, admin }, index) =>
        `  server broker-${index} ${listen} check port ${admin.split(':').at(-1)} inter 200ms fall 1 rise 1`,
    );
    const file = join(built.folder, 'haproxy.cfg');
    writeFileSync(
      file,
      [
        'defaults',
        '  mode http',
        '  timeout connect 1s',
        '  timeout client 30s',
        '  timeout server 30s',
        // A broker that is slow on a busy machine is not down: a dead one refuses, and one that ends says so.
        '  timeout check 20s',
        '  option redispatch',
        'frontend all',
        `  bind 127.0.0.1:${port}`,
        '  default_backend brokers',
        'backend brokers',
        '  option httpchk GET /readyz',
        ...servers,
        '',
      ].join('\n'),
    );
    proxy = spawn(haproxy.path, ['-f', file], { stdio: 'ignore' });
    await vi.waitFor(async () => expect((await fetch(url)).status).toBe(401), soon);
  });
  afterAll(async () => {
    if (proxy?.exitCode === null) {
      proxy.kill('SIGKILL');
      await once(proxy, 'close');
    }
    await built?.close();
    await Promise.all([issuer?.close(), rehearsal?.close()]);
  });

  /** Asks as SDKs do: what fails is tried again. Gives the number of tries. */
  async function asSdk(authorization: string): Promise<number> {
    for (let tries = 1; tries <= sdkTries; tries += 1) {
      try {
        const answer = await fetch(url, { headers: { authorization } });
        if (answer.status === 200 && (await answer.json()).AccessKeyId) return tries;
      } catch {
        // The connection was cut.
      }
      await delay(sdkPause);
    }
    throw new Error('lost');
  }

  /** Ten clients that ask until `events` has come to its end. Gives how often they were served, and the most tries. */
  async function load(events: () => Promise<unknown>): Promise<{ served: number; tries: number }> {
    const ended = events().then(() => true);
    let isOver = false;
    ended.then(() => {
      isOver = true;
    });
    const tries: number[] = [];
    const client = async (number: number) => {
      for (let count = 0; !isOver; count += 1) {
        const own = { aud: machineAudience, sub: 'repo:example/shop', jti: `${number}-${count}` };
        tries.push(await asSdk(await issuer.token(own)));
      }
    };
    await Promise.all([ended, ...Array.from({ length: 10 }, (_, number) => client(number))]);
    return { served: tries.length, tries: Math.max(...tries) };
  }

  const servedBy = async (name: string, count: number) => {
    const before = built.audit(`${name}.log`).length;
    await expect.poll(() => built.audit(`${name}.log`).length, soon).toBeGreaterThan(before + count);
  };

  it('lose no request that is tried again when one is killed', async () => {
    const { served } = await load(async () => {
      await servedBy('one', 20);
      await brokers[0]?.end('SIGKILL');
      await servedBy('two', 50);
    });
    expect(served).toBeGreaterThan(50);
  });

  it('lose none at all when one ends by SIGTERM', async () => {
    const file = join(built.folder, 'one.json');
    const env = {
      ...brokerKeys,
      AWS_ENDPOINT_URL_STS: rehearsal.stsHttpUrl,
      AWS_EC2_METADATA_DISABLED: 'true',
    };
    const [host, port] = brokers[0]?.listen.split(':') ?? [];
    const config = stageConfig(issuer.url, issuer.url, {
      audit: 'one.log',
      drainSeconds: 5,
      limits: { perSecond: 100_000, burst: 100_000 },
      listen: `${host}:${port}`,
      admin: brokers[0]?.admin,
    });
    writeFileSync(file, JSON.stringify(config));
    const again = await built.start(file, env);
    const { tries } = await load(async () => {
      await servedBy('one', 20);
      expect(await again.end('SIGTERM')).toBe(0);
      await servedBy('two', 20);
    });
    expect(tries).toBe(1);
  });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await once(server.close(), 'close');
  return port;
}
