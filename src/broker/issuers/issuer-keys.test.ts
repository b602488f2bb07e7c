import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startTokenIssuer, type TokenIssuer } from '../../../test/fixtures/token-issuer.ts';
import { IssuerKeys, KeysUnavailable } from './issuer-keys.ts';
import { type KnownIssuer, verifyToken } from './verify-token.ts';

let issuer: TokenIssuer;
let clock: number;
let failures: string[];
const all: IssuerKeys[] = [];

beforeEach(async () => {
  issuer = await startTokenIssuer();
  clock = 0;
  failures = [];
});
afterEach(async () => {
  for (const keys of all.splice(0)) keys.stop();
  await issuer.close();
});

function keysOf(more: { jwksUri?: string; jwksFile?: string } = {}) {
  const keys = new IssuerKeys(
    { issuer: issuer.url, jwksUri: undefined, jwksFile: undefined, ...more },
    { monotonic: () => clock, onFailure: (reason) => failures.push(reason) },
  );
  all.push(keys);
  return keys;
}

async function verdict(keys: IssuerKeys, token?: string): Promise<string> {
  const config = {
    issuer: issuer.url,
    audience: 'a',
    login: undefined,
    jwksUri: undefined,
    jwksFile: undefined,
  };
  const known: KnownIssuer = { name: 'one', config, keys };
  const verified = await verifyToken(token ?? (await issuer.token({ aud: 'a' })), [known], Date.now());
  return verified.ok ? 'good' : `${verified.refusal.code}: ${verified.refusal.reason}`;
}

/** Has the key set answered in another way. */
const answerKeys = (status: number, body: string, headers: Record<string, string> = {}) => {
  issuer.onRequest = (message, response) => {
    if (message.url !== '/keys') return false;
    response.writeHead(status, headers).end(body);
    return true;
  };
};

describe('the keys of an issuer', () => {
  it('are found by its discovery document', async () => {
    const keys = keysOf();
    await keys.start();
    expect([keys.loaded, keys.age, issuer.asked]).toEqual([
      true,
      0,
      ['/.well-known/openid-configuration', '/keys'],
    ]);
    expect(await verdict(keys)).toBe('good');
  });

  it('are taken from the address that the configuration names, without a discovery document', async () => {
    const keys = keysOf({ jwksUri: `${issuer.url}/keys` });
    await keys.start();
    expect([await verdict(keys), issuer.asked]).toEqual(['good', ['/keys']]);
  });

  it('are taken from a file', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'roleferry-'));
    const jwksFile = join(folder, 'keys.json');
    writeFileSync(jwksFile, JSON.stringify({ keys: [issuer.jwk()] }));
    const keys = keysOf({ jwksFile });
    await keys.start();
    expect([await verdict(keys), issuer.asked]).toEqual(['good', []]);
    rmSync(folder, { recursive: true });
  });

  it('follow a rotation, thirty seconds after the issuer was last asked at the earliest', async () => {
    const keys = keysOf();
    await keys.start();
    await issuer.rotate();
    expect(await verdict(keys)).toMatch(/^InvalidToken: no applicable key/);
    clock = 30_000;
    expect(await verdict(keys)).toBe('good');
  });

  it('are asked for once by many tokens of a new key', async () => {
    const keys = keysOf();
    await keys.start();
    await issuer.rotate();
    clock = 30_000;
    const verdicts = await Promise.all(Array.from({ length: 20 }, () => verdict(keys)));
    expect([new Set(verdicts), issuer.asked.length]).toEqual([new Set(['good']), 4]);
  });

  it('are kept while the issuer is away', async () => {
    const keys = keysOf();
    await keys.start();
    const token = await issuer.token({ aud: 'a' });
    await issuer.close();
    clock = 3_600_000;
    await keys.refresh();
    expect([await verdict(keys, token), keys.failures, keys.age, failures]).toEqual([
      'good',
      1,
      3600,
      [expect.stringMatching(/^(the connection was refused|it could not be reached)$/)],
    ]);
  });

  it('that were never loaded leave open whether a token is good', async () => {
    await issuer.close();
    const keys = keysOf();
    await keys.start();
    expect(keys.loaded).toBe(false);
    expect(await verdict(keys)).toBe('Unavailable: the keys of the issuer were never loaded');
    await expect(keys.find({ alg: 'RS256' }, { payload: '' } as never)).rejects.toThrow(KeysUnavailable);
  });

  it('that do not come within a second leave it open too, and are there for the next try', async () => {
    const keys = keysOf();
    await keys.start();
    await issuer.rotate();
    clock = 30_000;
    let answer = () => {};
    issuer.onRequest = (message, response) => {
      if (message.url !== '/keys') return false;
      answer = () => response.end(JSON.stringify({ keys: [issuer.jwk()] }));
      return true;
    };
    expect(await verdict(keys)).toBe('Unavailable: the issuer has not told its new keys yet');
    answer();
    expect(await verdict(keys)).toBe('good');
  });

  it.each<[string, () => void, string]>([
    [
      'an answer that sends the request on',
      () => answerKeys(302, '', { location: `${issuer.url}/elsewhere` }),
      'it sends the request on elsewhere',
    ],
    [
      'a huge answer',
      () => answerKeys(200, JSON.stringify({ keys: ['x'.repeat(300_000)] })),
      'its answer is too large',
    ],
    ['an error', () => answerKeys(500, 'Oops'), 'it answered with 500'],
    ['a page', () => answerKeys(200, '<html>'), 'what it has is not JSON'],
    ['no key set', () => answerKeys(200, '{"keys":7}'), 'what it has is no key set'],
    [
      'an empty key set',
      () => answerKeys(200, '{"keys":[]}'),
      'its key set has no public key for signatures',
    ],
    [
      'a shared secret',
      () => answerKeys(200, '{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"key-1"}]}'),
      'its key set has no public key for signatures',
    ],
    [
      'a private key',
      () => answerKeys(200, JSON.stringify({ keys: [{ ...issuer.jwk(), d: 'c2VjcmV0' }] })),
      'its key set has no public key for signatures',
    ],
    [
      'a key for encryption',
      () => answerKeys(200, JSON.stringify({ keys: [{ ...issuer.jwk(), use: 'enc' }] })),
      'its key set has no public key for signatures',
    ],
  ])('are not taken from %s, and the ones from before stay', async (_, spoil, reason) => {
    const keys = keysOf();
    await keys.start();
    spoil();
    await keys.refresh();
    expect([await verdict(keys), failures]).toEqual(['good', [reason]]);
    expect(issuer.asked).not.toContain('/elsewhere');
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['is of another issuer', { issuer: 'https://else.test' }, 'its discovery document is of another issuer'],
    [
      'names keys over http elsewhere',
      { jwks_uri: 'http://169.254.169.254/keys' },
      'its keys are not at an https address',
    ],
    ['names no keys', { jwks_uri: undefined }, 'its discovery document names no keys'],
    ['names a file', { jwks_uri: 'file:///etc/passwd' }, 'its keys are not at an https address'],
  ])('are not asked for where the discovery document %s', async (_, changes, reason) => {
    issuer.onRequest = (message, response) => {
      if (message.url === '/keys') return false;
      response.end(JSON.stringify({ issuer: issuer.url, jwks_uri: `${issuer.url}/keys`, ...changes }));
      return true;
    };
    const keys = keysOf();
    await keys.start();
    expect([failures, keys.loaded, issuer.asked]).toEqual([
      [reason],
      false,
      ['/.well-known/openid-configuration'],
    ]);
  });
});
