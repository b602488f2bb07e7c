import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { machineCaller, type TokenSource } from './machine-token.ts';

const broker = { url: 'https://broker.example', host: 'broker.example', plainHttp: true };
const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtYWNoaW5lIn0.c2lnbmF0dXJl';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'token-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

function file(content: string): string {
  const path = join(folder, 'token');
  writeFileSync(path, content);
  return path;
}

const ask = (source: TokenSource) =>
  machineCaller(broker, source)?.(new URL('https://broker.example/v1/roles'));

describe('the token of a machine', () => {
  it('is what stands in a file, with or without a line end', async () => {
    expect(await ask({ tokenFile: file(`${token}\n`) })).toEqual({
      ok: true,
      value: { authorization: `Bearer ${token}` },
    });
  });

  it('is read anew for each request, since it may have been renewed', async () => {
    const caller = machineCaller(broker, { tokenFile: file('a.b.c') });
    await caller?.(new URL(broker.url));
    file(token);
    expect(await caller?.(new URL(broker.url))).toMatchObject({
      value: { authorization: `Bearer ${token}` },
    });
  });

  it('is what stands in a variable', async () => {
    vi.stubEnv('MY_TOKEN', token);
    expect(await ask({ tokenEnv: 'MY_TOKEN' })).toMatchObject({
      value: { authorization: `Bearer ${token}` },
    });
  });

  it('is nobody’s where no source is named: a person asks', () => {
    expect(machineCaller(broker, {})).toBeUndefined();
  });

  it.each([
    ['a file that is not there', () => ({ tokenFile: join(folder, 'none') }), 'there is no such file'],
    ['a folder', () => ({ tokenFile: folder }), 'it is a folder'],
    ['an empty file', () => ({ tokenFile: file('\n') }), 'is empty, or not set'],
    [
      'a variable that is not set',
      () => ({ tokenEnv: 'NO_SUCH_TOKEN' }),
      'NO_SUCH_TOKEN is empty, or not set',
    ],
    ['a password', () => ({ tokenFile: file('hunter2 hunter2') }), 'is no JSON Web Token'],
    ['a header of its own', () => ({ tokenFile: file(`a.b.c\r\nx-evil: 1`) }), 'is no JSON Web Token'],
    ['an endless file', () => ({ tokenFile: '/dev/zero' }), 'is no JSON Web Token'],
  ])('cannot be %s, whose content is told nobody', async (_, source, reason) => {
    const refused = await ask(source());
    expect(refused).toMatchObject({
      ok: false,
      failure: saying('machine-token-missing', reason),
    });
    expect(JSON.stringify(refused)).not.toMatch(/hunter2|evil/);
  });
});

describe('the token of a job of GitHub Actions', () => {
  let github: Server;
  let asked: string[];
  let body: string;

  beforeEach(async () => {
    asked = [];
    body = JSON.stringify({ count: 1, value: token });
    github = createServer((request, response) => {
      asked.push(`${request.url} ${request.headers.authorization}`);
      response.writeHead(request.headers.authorization === 'bearer job' ? 200 : 401).end(body);
    });
    await new Promise<void>((resolve) => github.listen(0, '127.0.0.1', resolve));
    const { port } = github.address() as AddressInfo;
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', `http://127.0.0.1:${port}/token?api-version=2.0`);
    vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'job');
  });
  afterEach(() => github.close());

  it('is fetched for the broker, afresh for each request', async () => {
    const caller = machineCaller(broker, { githubActions: true });
    for (const path of ['/v1/roles', '/v1/roles/dev']) {
      expect(await caller?.(new URL(path, broker.url))).toEqual({
        ok: true,
        value: { authorization: `Bearer ${token}` },
      });
    }
    expect(asked).toEqual(
      Array(2).fill('/token?api-version=2.0&audience=https%3A%2F%2Fbroker.example bearer job'),
    );
  });

  it.each([
    ['a job that may have none', () => vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_URL', ''), 'id-token: write'],
    ['a job that GitHub refuses', () => vi.stubEnv('ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'stale'), 'HTTP 401'],
    ['an answer that is not JSON', () => (body = '<html>'), 'its answer is not JSON'],
    ['an answer without one', () => (body = '{}'), 'gave none'],
    ['an answer of another form', () => (body = '{"value":"x y"}'), 'is no JSON Web Token'],
  ])('is not there for %s', async (_, change, reason) => {
    change();
    expect(await ask({ githubActions: true })).toMatchObject({
      ok: false,
      failure: saying('machine-token-missing', reason),
    });
  });

  it('is not fetched over plain http for a broker elsewhere: the job’s own token would be seen', async () => {
    const caller = machineCaller({ ...broker, plainHttp: false }, { githubActions: true });
    expect(await caller?.(new URL(broker.url))).toMatchObject({
      failure: saying('machine-token-missing', 'only https is safe'),
    });
    expect(asked).toEqual([]);
  });
});
