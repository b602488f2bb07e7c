import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BrokerStage, machineAudience, startBrokerStage } from '../../../test/fixtures/broker-stage.ts';
import { startTokenIssuer, type TokenIssuer } from '../../../test/fixtures/token-issuer.ts';

const discoveryPath = '/.well-known/openid-configuration';
const secret = 'a secret that the issuer and others know';
const sharedSecret = {
  kty: 'oct',
  k: Buffer.from(secret).toString('base64url'),
  kid: 'shared',
  alg: 'HS256',
};

describe('a token of an issuer', () => {
  let stage: BrokerStage;
  let issuer: TokenIssuer;
  beforeAll(async () => {
    stage = await startBrokerStage();
  });
  afterAll(() => stage?.close());
  beforeEach(async () => {
    issuer = await startTokenIssuer();
    stage.rehearsal.requests.length = 0;
    stage.log.length = 0;
  });
  afterEach(() => issuer.close());

  const machineToken = (claims = {}, options = {}) =>
    issuer.token({ aud: machineAudience, sub: 'repo:example/shop', ...claims }, options);

  /** The broker believes this issuer from now on, and has asked it for its keys. */
  async function trust(): Promise<void> {
    stage.writeConfig({
      issuers: {
        people: { issuer: stage.people.url, audience: 'roleferry-cli', login: {} },
        machines: { issuer: issuer.url, audience: machineAudience },
      },
    });
    await stage.serving.reload(stage.configFile);
  }

  /** Has one path answered in another way. */
  const answer = (path: string, status: number, body: unknown, headers: Record<string, string> = {}) => {
    issuer.onRequest = (message, response) => {
      if (message.url !== path) return false;
      response.writeHead(status, headers).end(JSON.stringify(body));
      return true;
    };
  };

  async function refused(token: string, status: number, code: string, reason: string) {
    const lines = stage.audit().length;
    const asked = await stage.ask('/v1/roles/deploy', { authorization: token });
    expect([asked.status, asked.body.Code]).toEqual([status, code]);
    expect(stage.audit().slice(lines)).toEqual([
      expect.objectContaining({ outcome: 'refused', status, code, role: 'deploy', reason }),
    ]);
    expect(stage.asksOfSts()).toEqual([]);
  }

  const given = async (token: string) =>
    (await stage.ask('/v1/roles/deploy', { authorization: token })).status;

  it.each<[string, () => void, string]>([
    [
      'whose key set is elsewhere',
      () => answer('/keys', 302, '', { location: `${issuer.url}/elsewhere` }),
      'it sends the request on elsewhere',
    ],
    [
      'whose discovery document is elsewhere',
      () => answer(discoveryPath, 301, '', { location: `${issuer.url}/elsewhere` }),
      'it sends the request on elsewhere',
    ],
    [
      'whose key set is huge',
      () => answer('/keys', 200, { keys: [issuer.jwk()], more: 'x'.repeat(300_000) }),
      'its answer is too large',
    ],
    [
      'that has a thousand keys',
      () => answer('/keys', 200, { keys: Array(1000).fill({ kty: 'RSA' }) }),
      'what it has is no key set',
    ],
    [
      'whose keys are at the address of a cloud’s metadata',
      () => answer(discoveryPath, 200, { issuer: issuer.url, jwks_uri: 'http://169.254.169.254/keys' }),
      'its keys are not at an https address',
    ],
    [
      'that has nothing but a shared secret',
      () => answer('/keys', 200, { keys: [sharedSecret] }),
      'its key set has no public key for signatures',
    ],
    [
      'that shows its private key',
      () => answer('/keys', 200, { keys: [{ ...issuer.jwk(), d: 'AQAB' }] }),
      'its key set has no public key for signatures',
    ],
  ])('%s is not believed', async (_, spoil, why) => {
    spoil();
    await trust();
    await refused(await machineToken(), 503, 'Unavailable', 'the keys of the issuer were never loaded');
    expect(stage.log).toContainEqual({ event: 'issuer-keys-not-loaded', issuer: 'machines', reason: why });
    expect(issuer.asked).not.toContain('/elsewhere');
  });

  it.each<[string, () => unknown[]]>([
    ['alone', () => [sharedSecret]],
    ['beside a public key', () => [sharedSecret, issuer.jwk()]],
  ])(
    'that is signed with a secret of its key set is refused, where the secret stands %s',
    async (_, keys) => {
      answer('/keys', 200, { keys: keys() });
      await trust();
      const header = { alg: 'HS256', kid: sharedSecret.kid };
      const token = await machineToken({}, { header, key: new TextEncoder().encode(secret) });
      await refused(token, 401, 'InvalidToken', '"alg" (Algorithm) Header Parameter value not allowed');
    },
  );

  it('is good while the issuer is away, and one by a key that nobody knows is not', async () => {
    await trust();
    const tokens = [await machineToken({ jti: '1' }), await machineToken({}, { header: { kid: 'new' } })];
    await issuer.close();
    stage.ahead.monotonic += 3_600_000;
    await refused(tokens[1] ?? '', 401, 'InvalidToken', 'no applicable key found in the JSON Web Key Set');
    expect(await given(tokens[0] ?? '')).toBe(200);
  });

  it('by a new key is good half a minute after the keys were asked for, and by the old one no more', async () => {
    await trust();
    const old = await machineToken();
    await issuer.rotate();
    const unknown = 'no applicable key found in the JSON Web Key Set';
    await refused(await machineToken(), 401, 'InvalidToken', unknown);
    stage.ahead.monotonic += 30_000;
    expect(await given(await machineToken())).toBe(200);
    stage.rehearsal.requests.length = 0;
    await refused(old, 401, 'InvalidToken', unknown);
  });
});
