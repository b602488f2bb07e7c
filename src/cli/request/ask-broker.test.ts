import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { said, saying } from '../../../test/fixtures/said.ts';
import type { Failure } from '../../core/failure.ts';
import type { Result } from '../../core/result.ts';
import { ok } from '../../core/result.ts';
import { aboutBroker, type Caller, credentialsFrom, rolesAt } from './ask-broker.ts';
import { type Broker, brokerAt } from './broker-address.ts';

let server: Server;
let broker: Broker;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: string[];

const caller: Caller = async (url) => ok({ authorization: `Bearer for-${url.pathname}` });

const given = {
  Version: 1,
  AccessKeyId: 'ASIAEXAMPLEEXAMPLE12',
  SecretAccessKey: 'abcdefghijklmnopqrstuvwxyz0123456789+/ab',
  SessionToken: 'FwoGZXIvYXdzEXAMPLE',
  Token: 'FwoGZXIvYXdzEXAMPLE',
  Expiration: '2099-01-01T00:00:00Z',
  AccountId: '111122223333',
  RoleArn: 'arn:aws:iam::111122223333:role/team/Dev',
  PrincipalArn: 'arn:aws:sts::111122223333:assumed-role/Dev/jo@example.com',
};

const json = (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  ((_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(JSON.stringify(body));
  }) satisfies typeof answer;

beforeEach(async () => {
  asked = [];
  server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = brokerAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  if (!at.ok) throw new Error(at.failure.code);
  broker = at.value;
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

async function failureOf(result: Promise<Result<unknown>>): Promise<Failure | undefined> {
  const given = await result;
  return given.ok ? undefined : given.failure;
}

describe('a broker that is asked for credentials', () => {
  it('gives them, with the role and the session that they are of', async () => {
    answer = json(given);
    expect(await credentialsFrom(broker, 'dev', 1800, caller)).toEqual({
      ok: true,
      value: {
        credentials: {
          accessKeyId: given.AccessKeyId,
          secretAccessKey: given.SecretAccessKey,
          sessionToken: given.SessionToken,
          expiration: given.Expiration,
        },
        roleArn: given.RoleArn,
        principalArn: given.PrincipalArn,
        clockOffset: 0,
      },
    });
    expect(asked).toEqual(['/v1/roles/dev?duration=1800 Bearer for-/v1/roles/dev']);
  });

  it.each([
    ['of another role than it says', { PrincipalArn: given.PrincipalArn.replace('/Dev/', '/Admin/') }],
    ['of another account than it says', { PrincipalArn: given.PrincipalArn.replace('1111', '9999') }],
    ['with a line break in a key', { SecretAccessKey: 'abc\n[default]\naws_access_key_id = x' }],
    ['that end at no time', { Expiration: 'never' }],
    ['of a later version', { Version: 2 }],
    ['without a session token', { SessionToken: undefined }],
    ['whose session would steer a terminal', { PrincipalArn: `${given.PrincipalArn}\u001b[2J` }],
  ])('is not believed when they are %s', async (_, change) => {
    answer = json({ ...given, ...change });
    expect(await failureOf(credentialsFrom(broker, 'dev', undefined, caller))).toMatchObject({
      code: 'broker-answer-invalid',
    });
  });

  it('refuses in its own words, which cannot steer a terminal', async () => {
    answer = json({ Code: 'AccessDenied', Message: 'Not for you.\u001b[2J' }, 403);
    expect(await failureOf(credentialsFrom(broker, 'dev', undefined, caller))).toEqual(
      saying('broker-refused', /refused \(AccessDenied\): Not for you\.\ufffd\[2J .*--list/),
    );
  });

  it('shows by its clock why it takes no proof', async () => {
    const date = new Date(Date.now() + 10 * 60_000).toUTCString();
    answer = json({ Code: 'InvalidProof', Message: 'The proof is not of now.' }, 401, { date });
    const failure = await failureOf(credentialsFrom(broker, 'dev', undefined, caller));
    expect(said(failure)).toContain("The clock of this machine is 10 minutes behind the broker's");
  });

  it('is asked again, with a new proof, while it says that it cannot answer right now', async () => {
    let proofs = 0;
    answer = (request, response) => {
      const busy = json({ Code: 'Unavailable', Message: 'Later.' }, 503, { 'retry-after': '0' });
      (asked.length < 3 ? busy : json(given))(request, response);
    };
    const counting: Caller = async () => ok({ authorization: `Bearer ${++proofs}` });
    expect(await credentialsFrom(broker, 'dev', undefined, counting)).toMatchObject({ ok: true });
    expect(asked.map((line) => line.split(' ').at(-1))).toEqual(['1', '2', '3']);
  });

  it('is left alone when it wants to be asked much later', async () => {
    answer = json({ Code: 'TooManyRequests', Message: 'Too often.' }, 429, { 'retry-after': '3600' });
    expect(await failureOf(rolesAt(broker, caller))).toMatchObject({ code: 'broker-refused' });
    expect(asked).toHaveLength(1);
  });
});

describe('what answers in place of a broker', () => {
  it('gets no token where it sends requests on to', async () => {
    answer = (_, response) => response.writeHead(307, { location: `${broker.url}/elsewhere` }).end();
    expect(await failureOf(rolesAt(broker, caller))).toEqual(
      saying('broker-unreachable', 'sends requests on'),
    );
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['a web page', (_, response) => response.end('<html>Welcome to the hotel</html>')],
    ['nothing', (_, response) => response.end()],
    ['a list', json([])],
    ['an error page', (_, response) => response.writeHead(502).end('<html>Bad gateway</html>')],
    ['a later version', json({ version: 2, url: 'https://broker.example' })],
    [
      'a login with a line break in its address',
      json({
        version: 1,
        url: 'x',
        login: { issuer: 'https://idp.example\n', clientId: 'x', scopes: [], redirectPort: 8765 },
      }),
    ],
  ] satisfies [string, typeof answer][])('with %s is no broker', async (_, wrong) => {
    answer = wrong;
    expect(await failureOf(aboutBroker(broker))).toMatchObject({ code: 'broker-answer-invalid' });
  });

  it('is not read to the end that its answer does not have', async () => {
    answer = (_, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    };
    expect(await failureOf(aboutBroker(broker))).toEqual(saying('broker-unreachable', 'longer than 1 MiB'));
  });

  it('may break the connection', async () => {
    answer = (_, response) => response.destroy();
    expect(await failureOf(aboutBroker(broker))).toMatchObject({ code: 'broker-unreachable' });
  });
});

describe('a broker that cannot be asked', () => {
  it('may have gone', async () => {
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(aboutBroker(broker))).toEqual(
      saying('broker-unreachable', 'the connection was refused'),
    );
  });

  it('is not asked while nobody would check its certificate', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    const https = { url: 'https://127.0.0.1:1', host: '127.0.0.1:1', plainHttp: false };
    expect(await failureOf(aboutBroker(https))).toEqual(
      saying('broker-unreachable', 'NODE_TLS_REJECT_UNAUTHORIZED=0'),
    );
  });
});
