import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { freePort } from '../../../test/rehearsal/free-port.ts';
import { listenForRedirect, type RedirectListener } from './redirect-listener.ts';

const never = new AbortController().signal;
let listener: RedirectListener | undefined;
afterEach(() => {
  listener?.close();
  listener = undefined;
});

const occupy = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

async function listen(): Promise<{ port: number; come: Promise<URLSearchParams> }> {
  const port = await freePort();
  const listening = await listenForRedirect(port, 'mine', never);
  if (!listening.ok) throw new Error(listening.failure.code);
  listener = listening.value;
  return { port, come: listener.come };
}

const ask = (
  port: number,
  path: string,
  { method = 'GET', host = `127.0.0.1:${port}` } = {},
): Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]>; text: string }> =>
  new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', path, method, headers: { host } }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.on('error', reject);
    sent.end();
  });

describe('the listener for the end of a login', () => {
  it('takes what the identity provider sends along, and tells the user to go back', async () => {
    const { port, come } = await listen();
    const { status, headers, text } = await ask(port, '/callback?code=abc&state=mine');
    expect(status).toBe(200);
    expect(text).toContain('go back to the terminal');
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(Object.fromEntries(await come)).toEqual({ code: 'abc', state: 'mine' });
  });

  it.each([
    ['a state of another login', '/callback?code=evil&state=other', {}, 400],
    ['no state', '/callback?code=evil', {}, 400],
    ['another path', '/favicon.ico?state=mine', {}, 404],
    ['another method', '/callback?code=evil&state=mine', { method: 'POST' }, 404],
    ['the name of another host', '/callback?code=evil&state=mine', { host: 'evil.example' }, 404],
    ['an address that is none', '//', {}, 404],
  ])('goes on waiting after a request with %s', async (_, path, options, expected) => {
    const { port, come } = await listen();
    expect((await ask(port, path, options)).status).toBe(expected);
    await ask(port, '/callback?code=right&state=mine');
    expect((await come).get('code')).toBe('right');
  });

  it('says in the browser too that a login failed', async () => {
    const { port, come } = await listen();
    expect((await ask(port, '/callback?error=access_denied&state=mine')).text).toContain('failed');
    expect((await come).get('error')).toBe('access_denied');
  });

  it('waits for a port that another login has', async () => {
    const other = await occupy(0);
    const { port } = other.address() as AddressInfo;
    const listening = listenForRedirect(port, 'mine', never);
    await new Promise((resolve) => other.close(resolve));
    const got = await listening;
    expect(got.ok).toBe(true);
    if (got.ok) listener = got.value;
  });

  it('gives up on a port that stays taken', async () => {
    const other = await occupy(0);
    const { port } = other.address() as AddressInfo;
    const ended = new AbortController();
    const listening = listenForRedirect(port, 'mine', ended.signal);
    ended.abort();
    expect(await listening).toMatchObject({
      ok: false,
      failure: saying('redirect-port-busy', `port ${port}`),
    });
    other.close();
  });
});
