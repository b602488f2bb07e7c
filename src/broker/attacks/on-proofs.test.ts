import { createHash, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerStage, startBrokerStage } from '../../../test/fixtures/broker-stage.ts';
import { makeLoginKey } from '../../../test/fixtures/login-proof.ts';

const url = 'http://127.0.0.1:8443/v1/roles/dev';
const seconds = () => Math.floor(Date.now() / 1000);

describe('a login token is refused', () => {
  let stage: BrokerStage;
  beforeAll(async () => {
    stage = await startBrokerStage();
  });
  afterAll(() => stage?.close());

  async function refused(headers: Record<string, string>, reason: string | RegExp, code = 'InvalidProof') {
    const lines = stage.audit().length;
    const before = stage.asksOfSts().length;
    const asked = await stage.ask('/v1/roles/dev', headers);
    expect([asked.status, asked.body.Code]).toEqual([401, code]);
    expect(asked.headers.get('www-authenticate')).toContain('DPoP');
    expect(stage.audit().slice(lines)).toEqual([
      expect.objectContaining({ status: 401, code, reason: expect.stringMatching(reason) }),
    ]);
    expect(stage.asksOfSts()).toHaveLength(before);
  }

  it.each(['', 'Bearer ', 'DPoP '])('without a proof (sent as %j)', async (scheme) => {
    await refused(
      { authorization: scheme + (await stage.personToken()) },
      'no proof was sent',
      'ProofNeeded',
    );
  });

  it('that is for machines too, without a proof', async () => {
    const aud = ['roleferry-cli', 'https://broker.example'];
    await refused({ authorization: await stage.personToken({ aud }) }, 'no proof was sent', 'ProofNeeded');
  });

  it('that was made for another client of the provider', async () => {
    const token = await stage.personToken({ aud: ['roleferry-cli', 'wiki'], azp: 'wiki' });
    const dpop = await stage.login.proof(token, url);
    await refused({ authorization: token, dpop }, 'for another client: "wiki"', 'InvalidToken');
  });

  it.each<[string, Record<string, unknown>, Record<string, unknown>, RegExp]>([
    ['for another host', { htu: 'https://evil.test/v1/roles/dev' }, {}, /another address/],
    ['for another port', { htu: 'http://127.0.0.1:8444/v1/roles/dev' }, {}, /another address/],
    ['for another role', { htu: 'http://127.0.0.1:8443/v1/roles/deploy' }, {}, /another address/],
    ['for another scheme', { htu: 'https://127.0.0.1:8443/v1/roles/dev' }, {}, /another address/],
    ['for no address', { htu: undefined }, {}, /another address/],
    ['for what is no address', { htu: 7 }, {}, /another address/],
    ['for another method', { htm: 'POST' }, {}, /another method/],
    ['for another token', { ath: createHash('sha256').update('x').digest('base64url') }, {}, /another token/],
    ['for no token', { ath: undefined }, {}, /another token/],
    ['that is old', { iat: seconds() - 120 }, {}, /too old/],
    ['without a time', { iat: undefined }, {}, /too old/],
    ['from the future', { iat: seconds() + 90 }, {}, /from the future/],
    ['without an id', { jti: undefined }, {}, /jti/],
    ['with a short id', { jti: 'a' }, {}, /jti/],
    ['with a very long id', { jti: 'a'.repeat(200) }, {}, /jti/],
    ['of another type', {}, { typ: 'JWT' }, /typ/],
    ['without a type', {}, { typ: undefined }, /typ/],
    ['with a key that is none', {}, { jwk: 'key' }, /jwk|JSON Web Key/i],
    ['without a key', {}, { jwk: undefined }, /jwk|JSON Web Key/i],
  ])('with a proof %s', async (_, claims, header, reason) => {
    const token = await stage.personToken();
    await refused(
      { authorization: token, dpop: await stage.login.proof(token, url, claims, header) },
      reason,
    );
  });

  it('with the proof of another login', async () => {
    const token = await stage.personToken();
    const thief = await makeLoginKey();
    await refused({ authorization: token, dpop: await thief.proof(token, url) }, 'of another login');
  });

  it('with a proof by the thief’s key that names the owner’s', async () => {
    const token = await stage.personToken();
    const thief = await makeLoginKey();
    const [header = ''] = (await stage.login.proof(token, url)).split('.');
    const { jwk } = JSON.parse(Buffer.from(header, 'base64url').toString());
    await refused({ authorization: token, dpop: await thief.proof(token, url, {}, { jwk }) }, 'signature');
  });

  it('whose login named no key', async () => {
    const token = await stage.personToken({ nonce: undefined });
    await refused({ authorization: token, dpop: await stage.login.proof(token, url) }, 'of another login');
  });

  it('with a proof that shows its private key', async () => {
    const token = await stage.personToken();
    const jwk = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
    await refused(
      { authorization: token, dpop: await stage.login.proof(token, url, {}, { jwk }) },
      'the proof: ',
    );
  });

  it.each(['x', 'a.b.c', 'a'.repeat(6000), 'eyJhbGciOiJub25lIn0.e30.'])(
    'with what is no proof',
    async (dpop) => {
      await refused({ authorization: await stage.personToken(), dpop }, 'proof');
    },
  );

  it('with two proofs', async () => {
    const token = await stage.personToken();
    const dpop = `${await stage.login.proof(token, url)}, ${await stage.login.proof(token, url)}`;
    await refused({ authorization: token, dpop }, 'proof');
  });

  it('with a proof that was used, and again when the clock was set forth and back', async () => {
    const token = await stage.personToken();
    const headers = { authorization: token, dpop: await stage.login.proof(token, url) };
    expect((await stage.ask('/v1/roles/dev', headers)).status).toBe(200);
    await refused(headers, 'used before');
    stage.ahead.now = 3_000_000;
    await refused(headers, /expired|too old/, 'ExpiredToken');
    stage.ahead.now = -3_000_000;
    await refused(headers, /future|nbf/, 'InvalidToken');
    stage.ahead.now = 0;
    await refused(headers, 'used before');
  });

  it('where a proof for the same address with a query is good', async () => {
    const token = await stage.personToken();
    const dpop = await stage.login.proof(token, `${url}?duration=900#x`);
    expect((await stage.ask('/v1/roles/dev?duration=900', { authorization: token, dpop })).status).toBe(200);
  });
});
