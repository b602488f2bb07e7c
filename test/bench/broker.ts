import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BrokerProcess, startBroker } from '../fixtures/broker-process.ts';
import { brokerKeys, machineAudience, stageConfig } from '../fixtures/broker-stage.ts';
import { startTokenIssuer, type TokenIssuer } from '../fixtures/token-issuer.ts';
import { callerIdentity } from '../rehearsal/caller-identity.ts';
import { startRehearsal } from '../rehearsal/server.ts';
import type { Row } from './row.ts';
import { sideBySide, timed } from './side-by-side.ts';

const program = fileURLToPath(new URL('../../dist/node/broker.cjs', import.meta.url));
const requests = 1500;
const clients = 16;

/** The broker: until it listens, what a request costs, and what an AWS tool notices of it. */
export const broker: Row = {
  name: 'broker',
  async *measure(rounds) {
    const folder = mkdtempSync(join(tmpdir(), 'roleferry-bench-'));
    const [rehearsal, issuer, sts] = await Promise.all([
      startRehearsal(),
      startTokenIssuer(),
      startInstantSts(),
    ]);
    const config = join(folder, 'broker.json');
    const limits = { perSecond: 1_000_000, burst: 1_000_000 };
    writeFileSync(config, JSON.stringify(stageConfig(issuer.url, issuer.url, { limits })));
    const start = (stsUrl: string) =>
      startBroker([process.execPath, program], config, {
        ...brokerKeys,
        AWS_ENDPOINT_URL_STS: stsUrl,
        AWS_EC2_METADATA_DISABLED: 'true',
      });
    try {
      const empty = join(folder, 'empty.mjs');
      writeFileSync(empty, '');
      const listens = async () => {
        let started: BrokerProcess | undefined;
        const taken = await timed(async () => {
          started = await start(sts.url);
        });
        await started?.end('SIGINT');
        return taken;
      };
      yield {
        what: 'roleferry-broker, start until it listens',
        against: 'node with an empty file',
        compared: await sideBySide(rounds, listens, () =>
          timed(() => once(spawn(process.execPath, [empty], { stdio: 'ignore' }), 'close')),
        ),
      };

      const running = await start(sts.url);
      const megabytes = () => Math.round(memory(running) / 1024);
      const atStart = megabytes();
      const load = new Load(running, issuer);
      await load.run('/v1/roles/deploy', 200);
      const credentials = await load.run('/v1/roles/deploy', requests);
      const verified = await load.run('/v1/roles', requests);
      const nothing = await load.run('/v1', requests);
      yield {
        what: 'requests for credentials',
        against: 'STS that answers at once',
        figures: {
          'a second of one processor': Math.round(1000 / credentials.cpu),
          'share of verification': ((verified.cpu - nothing.cpu) / credentials.cpu).toFixed(2),
          'p50 in ms': credentials.at(0.5),
          'p99 in ms': credentials.at(0.99),
          'MB when it listens': atStart,
          'MB after the load': megabytes(),
        },
      };

      issuer.onRequest = (message, response) => {
        if (message.url !== '/keys') return false;
        setTimeout(() => response.end(JSON.stringify({ keys: [issuer.jwk()] })), 200);
        return true;
      };
      const reloading = setInterval(() => running.child.kill('SIGHUP'), 50);
      const refreshed = await load.run('/v1/roles/deploy', requests);
      clearInterval(reloading);
      issuer.onRequest = undefined;
      yield {
        what: 'the same while keys are being refreshed',
        against: 'an issuer that takes 200 ms',
        figures: { 'p50 in ms': refreshed.at(0.5), 'p99 in ms': refreshed.at(0.99) },
      };
      await running.end('SIGINT');

      const forAws = await start(rehearsal.stsHttpUrl);
      const aws = (env: Record<string, string>) =>
        timed(() =>
          callerIdentity({
            env: { HOME: folder, PATH: process.env.PATH ?? '', ...env },
            stsHttpUrl: rehearsal.stsHttpUrl,
          }),
        );
      let tokens = 0;
      const throughBroker = async () =>
        aws({
          AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://${forAws.listen}/v1/roles/deploy`,
          AWS_CONTAINER_AUTHORIZATION_TOKEN: await machineToken(issuer, tokens++),
        });
      yield {
        what: 'aws sts get-caller-identity through the broker',
        against: 'the same with static keys',
        compared: await sideBySide(rounds, throughBroker, () => aws(brokerKeys)),
      };
      await forAws.end('SIGINT');
    } finally {
      await Promise.all([issuer.close(), rehearsal.close(), sts.close()]);
      rmSync(folder, { recursive: true });
    }
  },
};

const machineToken = (issuer: TokenIssuer, number: number) =>
  issuer.token({ aud: machineAudience, sub: 'repo:example/shop', jti: `bench-${number}` });

/** Requests of several clients, each with a token of its own. */
class Load {
  readonly #broker: BrokerProcess;
  readonly #issuer: TokenIssuer;
  readonly #agent = new http.Agent({ keepAlive: true, maxSockets: clients });
  #tokens = 0;

  constructor(broker: BrokerProcess, issuer: TokenIssuer) {
    this.#broker = broker;
    this.#issuer = issuer;
  }

  /** Gives processor time of the broker a request, in milliseconds, and what shares of the requests took at most. */
  async run(path: string, count: number): Promise<{ cpu: number; at(share: number): number }> {
    const tokens: string[] = [];
    while (tokens.length < count) tokens.push(await machineToken(this.#issuer, this.#tokens++));
    const taken: number[] = [];
    const before = processorTime(this.#broker);
    const client = async () => {
      for (let token = tokens.pop(); token !== undefined; token = tokens.pop()) {
        const authorization = token;
        taken.push(await timed(() => this.#ask(path, authorization)));
      }
    };
    await Promise.all(Array.from({ length: clients }, client));
    const cpu = (processorTime(this.#broker) - before) / count;
    const sorted = taken.toSorted((a, b) => a - b);
    return { cpu, at: (share) => Number((sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(1)) };
  }

  async #ask(path: string, authorization: string): Promise<void> {
    const request = http.get(`http://${this.#broker.listen}${path}`, {
      agent: this.#agent,
      headers: { authorization },
    });
    const [answer] = (await once(request, 'response')) as [http.IncomingMessage];
    answer.resume();
    await once(answer, 'end');
    if (answer.statusCode !== 200) throw new Error(`the broker answered ${answer.statusCode}`);
  }
}

/** Milliseconds of a processor so far. Linux counts in hundredths of a second. */
function processorTime({ child }: BrokerProcess): number {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** Kilobytes in memory. */
const memory = ({ child }: BrokerProcess): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);

/** STS that looks at nothing: the rehearsal's own checks cost more than the broker. */
async function startInstantSts(): Promise<{ url: string; close(): Promise<void> }> {
  const expiration = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, '');
  const server = http.createServer(async (message, response) => {
    let body = '';
    for await (const chunk of message) body += chunk;
    const form = new URLSearchParams(body);
    const [, , , , account, role = ''] = form.get('RoleArn')?.split(':') ?? [];
    const arn = `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)}/${form.get('RoleSessionName')}`;
    response.writeHead(200, { 'content-type': 'text/xml' });
    response.end(
      `<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><AssumedRoleUser><AssumedRoleId>AROA:a</AssumedRoleId><Arn>${arn}</Arn></AssumedRoleUser><Credentials><AccessKeyId>ASIAEXAMPLEEXAMPLE12</AccessKeyId><SecretAccessKey>${'s'.repeat(40)}</SecretAccessKey><SessionToken>${'t'.repeat(400)}</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
