import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { startTokenIssuer, type TokenIssuer } from '../../../test/fixtures/token-issuer.ts';
import { freePort } from '../../../test/rehearsal/free-port.ts';
import { logInAtProvider } from './provider-login.ts';

const broker = { url: 'http://127.0.0.1:8443', host: '127.0.0.1:8443', plainHttp: true };
const never = new AbortController().signal;

let provider: TokenIssuer;
let folder: string;
let redirectPort: number;
/** What a hostile or broken provider does otherwise. */
let metadata: Record<string, unknown>;
let claims: Record<string, unknown>;
let callback: Record<string, string>;
let tokenAnswer: ((response: ServerResponse) => void) | undefined;
/** The form that the CLI sent for the token. */
let form: URLSearchParams | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'login-'));
  [provider, redirectPort] = await Promise.all([startTokenIssuer(), freePort()]);
  [metadata, claims, callback, tokenAnswer, form] = [{}, {}, {}, undefined, undefined];
  // A browser that follows where it is led, as one with a living session does.
  const browser = join(folder, 'browser');
  writeFileSync(browser, `#!/bin/sh\nexec "${process.execPath}" -e 'fetch(process.argv[1])' "$1"\n`);
  chmodSync(browser, 0o700);
  vi.stubEnv('BROWSER', browser);
  let asked = new URLSearchParams();
  provider.onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '', provider.url);
    if (url.pathname === '/.well-known/openid-configuration') {
      const endpoints = {
        authorization_endpoint: `${provider.url}/auth`,
        token_endpoint: `${provider.url}/token`,
      };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ issuer: provider.url, ...endpoints, ...metadata }));
    } else if (url.pathname === '/auth') {
      asked = url.searchParams;
      const back = new URL(asked.get('redirect_uri') ?? '');
      const sent = { code: 'abc', state: asked.get('state') ?? '', ...callback };
      for (const [name, value] of Object.entries(sent)) back.searchParams.set(name, value);
      response.writeHead(302, { location: back.href }).end();
    } else if (url.pathname === '/token') {
      text(request).then(async (body) => {
        form = new URLSearchParams(body);
        if (tokenAnswer !== undefined) return tokenAnswer(response);
        const nonce = asked.get('nonce') ?? '';
        const id_token = await provider.token({ aud: 'roleferry-cli', nonce, ...claims });
        response.writeHead(200, { 'content-type': 'application/json' });
        response.end(JSON.stringify({ access_token: 'x', token_type: 'Bearer', id_token }));
      });
    } else return false;
    return true;
  };
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await provider.close();
  rmSync(folder, { recursive: true });
});

const logIn = (seconds = 20, at = broker) =>
  logInAtProvider(
    at,
    { issuer: provider.url, clientId: 'roleferry-cli', scopes: ['email'], redirectPort },
    { seconds },
    never,
  );

const failureOf = async (result: ReturnType<typeof logIn>) => {
  const given = await result;
  return given.ok ? undefined : given.failure;
};

describe('a login at an identity provider', () => {
  it('gives who asks, with a code that only this program could redeem', async () => {
    const caller = await logIn();
    const headers = caller.ok ? await caller.value(new URL(broker.url)) : caller;
    expect(headers).toMatchObject({ ok: true, value: { authorization: expect.stringMatching(/^DPoP ey/) } });
    expect(Object.fromEntries(form ?? [])).toMatchObject({
      grant_type: 'authorization_code',
      client_id: 'roleferry-cli',
      code_verifier: expect.stringMatching(/^[\w-]{43,}$/),
    });
  });

  it.each([
    ['of a login with another key', { nonce: 'of-another-login' }],
    ['without the key', { nonce: undefined }],
    ['of another issuer', { iss: 'https://evil.example' }],
    ['for another program', { aud: 'another-client' }],
    ['that has expired', { exp: 1 }],
  ])('takes no token %s', async (_, wrong) => {
    claims = wrong;
    expect(await failureOf(logIn())).toMatchObject({ code: 'broker-login-failed' });
  });

  it.each([
    ['that names another issuer', { issuer: 'https://evil.example' }],
    ['whose login page is a file', { authorization_endpoint: 'file:///etc/passwd' }],
    ['whose login page is a program', { authorization_endpoint: 'javascript:alert(1)' }],
    ['without a login page', { authorization_endpoint: undefined }],
    ['that redeems codes elsewhere over http', { token_endpoint: 'http://evil.example/token' }],
  ])('trusts no provider %s', async (_, wrong) => {
    metadata = wrong;
    expect(await failureOf(logIn())).toMatchObject({ code: 'broker-login-failed' });
    expect(form).toBeUndefined();
  });

  it('asks a provider over http only where the broker is on this machine too', async () => {
    const elsewhere = { url: 'https://broker.example', host: 'broker.example', plainHttp: false };
    expect(await failureOf(logIn(20, elsewhere))).toMatchObject({ code: 'broker-login-failed' });
    expect(provider.asked).toEqual([]);
  });

  it('tells in the provider’s words why it refused, which cannot steer a terminal', async () => {
    callback = { error: 'access_denied', error_description: 'Not you.\u001b[2J' };
    expect(await failureOf(logIn())).toEqual(
      saying('broker-login-failed', /failed: access_denied: Not you\.\ufffd\[2J\. /),
    );
  });

  it.each([
    ['sends on', (response: ServerResponse) => response.writeHead(307, { location: '/x' }).end()],
    ['answers without end', (response: ServerResponse) => response.end('x'.repeat(2_000_000))],
    ['answers with a page', (response: ServerResponse) => response.end('<html>')],
    ['breaks the connection', (response: ServerResponse) => response.destroy()],
  ])('fails where the provider %s in place of a token', async (_, answer) => {
    tokenAnswer = answer;
    expect(await failureOf(logIn())).toMatchObject({ code: 'broker-login-failed' });
  });

  it('ends when nobody logs in', async () => {
    vi.stubEnv('BROWSER', '/bin/true');
    expect(await failureOf(logIn(1))).toEqual(saying('broker-login-late', 'within 1 s'));
  });

  it('says that no browser could be opened', async () => {
    vi.stubEnv('BROWSER', join(folder, 'none'));
    expect(await failureOf(logIn())).toMatchObject({ code: 'browser-not-opened' });
  });
});
