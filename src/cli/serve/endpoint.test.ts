import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Answer, jsonAnswer } from '../../core/profile/container-credentials.ts';
import { startEndpoint } from './endpoint.ts';

let base: URL;
let token: string;
let asked = 0;
const noted: Answer[] = [];

beforeAll(async () => {
  const started = await startEndpoint(
    { host: '127.0.0.1', port: 0 },
    async () => {
      asked += 1;
      return jsonAnswer({ SecretAccessKey: 'secret' });
    },
    (answer) => noted.push(answer),
  );
  if (!started.ok) throw new Error('not started');
  base = new URL(started.value.uri);
  token = started.value.token;
});

/** What comes back until the server ends the connection. */
async function raw(bytes: string): Promise<string> {
  const socket = connect(Number(base.port), base.hostname);
  socket.write(bytes);
  return text(socket);
}

const get = (headers: Record<string, string>, first = 'GET /credentials HTTP/1.1') =>
  raw(
    [
      first,
      ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      'Connection: close',
      '',
      '',
    ].join('\r\n'),
  );

/** Runs what must get no credentials. Gives status and code. */
async function refused(asking: Promise<string>): Promise<string> {
  const before = asked;
  const answer = await asking;
  expect(answer).not.toContain('secret');
  expect(answer).not.toContain(token);
  expect(asked).toBe(before);
  const [, status, code] = /^HTTP\/1\.1 (\d{3}).*"Code":"(\w+)"/s.exec(answer) ?? [];
  return `${status} ${code}`;
}

describe('the endpoint', () => {
  it.each([
    ['by its address', (port: string) => `127.0.0.1:${port}`],
    ['as localhost', (port: string) => `localhost:${port}`],
    ['in capitals', () => 'LOCALHOST'],
    ['over IPv6', () => '[::1]:80'],
    ['through a tunnel from another port', () => '127.0.0.1:9911'],
  ])('gives credentials to who has the token and asks %s', async (_, host) => {
    const answer = await get({ Host: host(base.port), Authorization: token });
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toContain('\r\ncache-control: no-store\r\n');
    expect(answer).toMatch(/\r\n\r\n\{"SecretAccessKey":"secret"\}$/);
  });

  it.each([
    ['another name', 'evil.example'],
    ['another name with the port', 'evil.example:1234'],
    ['a name that begins like this machine', '127.0.0.1.evil.example'],
    ['another address', '192.168.0.1'],
    ['a user', 'x@127.0.0.1'],
    ['a path', '127.0.0.1/x'],
    ['two hosts', '127.0.0.1, evil.example'],
    ['nothing', ''],
  ])('refuses a Host header with %s, even with the token', async (_, host) => {
    expect(await refused(get({ Host: host, Authorization: token }))).toBe('403 HostNotAllowed');
  });

  it('refuses two Host headers, and none', async () => {
    const two = `GET /credentials HTTP/1.1\r\nHost: 127.0.0.1\r\nHost: evil.example\r\nAuthorization: ${token}\r\nConnection: close\r\n\r\n`;
    expect(await refused(raw(two))).toMatch(/^40[03] /);
    expect(await refused(get({ Authorization: token }, 'GET /credentials HTTP/1.0'))).toBe(
      '403 HostNotAllowed',
    );
  });

  it.each([
    ['no token', () => ({})],
    ['another token', () => ({ Authorization: 'x' })],
    ['a part of the token', () => ({ Authorization: token.slice(0, -1) })],
    ['more than the token', () => ({ Authorization: `${token}x` })],
    ['a Bearer token', () => ({ Authorization: `Bearer ${token}` })],
    ['another case', () => ({ Authorization: token.toLowerCase() })],
    ['the token elsewhere', () => ({ Cookie: token, 'X-Aws-Ec2-Metadata-Token': token })],
  ])('refuses %s', async (_, headers) => {
    expect(await refused(get({ Host: '127.0.0.1', ...headers() }))).toBe('401 InvalidToken');
  });

  it.each([
    '/',
    '/credentials/',
    '/credentials?x',
    '/latest/meta-data/iam/security-credentials/',
    '//credentials',
  ])('has nothing at %s', async (path) => {
    const answer = get({ Host: '127.0.0.1', Authorization: token }, `GET ${path} HTTP/1.1`);
    expect(await refused(answer)).toBe('404 NotFound');
  });

  it('has nothing at a whole address', async () => {
    const first = 'GET http://evil.example/credentials HTTP/1.1';
    expect(await refused(get({ Host: '127.0.0.1', Authorization: token }, first))).toBe('404 NotFound');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('refuses %s', async (method) => {
    const answer = get({ Host: '127.0.0.1', Authorization: token }, `${method} /credentials HTTP/1.1`);
    expect(await refused(answer)).toBe('405 MethodNotAllowed');
  });

  it('gives a web page no leave to ask', async () => {
    const answer = await get(
      { Host: '127.0.0.1', Origin: 'https://evil.example' },
      'OPTIONS /credentials HTTP/1.1',
    );
    expect(answer.toLowerCase()).not.toContain('access-control');
  });

  it.each([
    ['a length', 'Content-Length: 5\r\n\r\nhello'],
    ['chunks', 'Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n'],
  ])('refuses a body with %s', async (_, rest) => {
    const head = `GET /credentials HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${token}\r\n`;
    expect(await refused(raw(head + rest))).toBe('400 InvalidRequest');
  });

  it.each([
    ['no HTTP', 'hello\r\n\r\n'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
    ['two lengths', 'GET /credentials HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
    ['a header of 40 KB', `GET /credentials HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(40_000)}\r\n\r\n`],
    ['a line break in its path', 'GET /cred\rentials HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('refuses what is %s', async (_, bytes) => {
    expect(await refused(raw(bytes))).toBe('400 InvalidRequest');
  });

  it('ends the connection where rubbish follows a good request', async () => {
    const good = `GET /credentials HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: ${token}\r\n\r\n`;
    expect(await raw(`${good}rubbish\r\n\r\n`)).toMatch(
      /HTTP\/1\.1 400 Bad Request.*"Code":"InvalidRequest"/s,
    );
  });

  it('cuts off a request that does not end, while others are answered', async () => {
    const slow = connect(Number(base.port), base.hostname);
    slow.write('GET /credentials HTTP/1.1\r\nHost: 127.0.0.1\r\n');
    await once(slow, 'connect');
    expect(await get({ Host: '127.0.0.1', Authorization: token })).toContain('200 OK');
    expect(await text(slow)).toMatch(/^HTTP\/1\.1 40[08] /);
  }, 15_000);

  it('tells of every answer, and never the token', () => {
    expect(new Set(noted.map(({ status }) => status))).toEqual(new Set([200, 400, 401, 403, 404, 405]));
    expect(
      noted
        .filter(({ status }) => status !== 200)
        .map(({ body }) => body)
        .join(),
    ).not.toContain(token);
  });

  it('says why it cannot listen', async () => {
    const start = (host: string, port: number) =>
      startEndpoint(
        { host, port },
        async () => jsonAnswer({}),
        () => {},
      );
    expect(await start('127.0.0.1', Number(base.port))).toMatchObject({
      failure: {
        code: 'endpoint-not-listening',
        params: { address: base.host, reason: 'another program listens there' },
      },
    });
    expect(await start('192.0.2.1', 0)).toMatchObject({
      failure: { params: { address: '192.0.2.1', reason: 'this machine has no such address' } },
    });
  });

  it('has a new token each time', async () => {
    const other = await startEndpoint(
      { host: '127.0.0.1', port: 0 },
      async () => jsonAnswer({}),
      () => {},
    );
    expect(other).toMatchObject({ ok: true, value: { token: expect.stringMatching(/^[\w-]{43}$/) } });
    expect(other).not.toMatchObject({ value: { token } });
  });
});
