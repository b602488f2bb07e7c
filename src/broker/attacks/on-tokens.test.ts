import { createHash } from 'node:crypto';
import { exportSPKI, generateKeyPair, importJWK, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerStage, startBrokerStage } from '../../../test/fixtures/broker-stage.ts';

const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('a token is refused', () => {
  let stage: BrokerStage;
  beforeAll(async () => {
    stage = await startBrokerStage();
  });
  afterAll(() => stage?.close());

  const claims = () => ({
    iss: stage.machines.url,
    aud: 'https://broker.example',
    sub: 'repo:example/shop',
    exp: Math.floor(Date.now() / 1000) + 600,
  });

  /** Asks with a token that must be refused: the answer, the line in the audit, and that AWS was not asked. */
  async function refused(token: string, reason: string | RegExp, status = 401, code = 'InvalidToken') {
    const lines = stage.audit().length;
    const asked = await stage.ask('/v1/roles/deploy', { authorization: token });
    expect([asked.status, asked.body.Code]).toEqual([status, code]);
    const told = stage.audit().slice(lines);
    expect(told).toEqual([
      expect.objectContaining({
        outcome: 'refused',
        status,
        code,
        role: 'deploy',
        request: asked.headers.get('x-request-id'),
        reason: typeof reason === 'string' ? reason : expect.stringMatching(reason),
      }),
    ]);
    const signature = token.split('.')[2] ?? '';
    const written = JSON.stringify([told, asked.body, stage.log]);
    if (signature !== '') expect(written).not.toContain(signature);
    expect(stage.asksOfSts()).toEqual([]);
  }

  it.each(['none', 'None', 'NONE', 'nOnE', '', ' none', 'none\u0000'])(
    'without a signature (alg %j)',
    async (alg) => {
      await refused(`${encoded({ alg })}.${encoded(claims())}.`, /alg|signature|Algorithm/i);
    },
  );

  it('that jose itself calls unsecured', () => refused(new UnsecuredJWT(claims()).encode(), /alg/i));

  it.each(['HS256', 'HS384', 'HS512'])('signed by %s with the public key as the secret', async (alg) => {
    const jwk = stage.machines.jwk();
    const pem = await exportSPKI((await importJWK(jwk, 'RS256', { extractable: true })) as CryptoKey);
    for (const secret of [pem, JSON.stringify(jwk), jwk.n ?? '']) {
      const key = new TextEncoder().encode(secret);
      await refused(await stage.machines.token(claims(), { header: { alg }, key }), /alg/i);
    }
  });

  it('signed by another key under the same id', async () => {
    const { privateKey } = await generateKeyPair('RS256');
    await refused(await stage.machines.token(claims(), { key: privateKey }), 'signature verification failed');
  });

  it.each(['jwk', 'jku', 'x5u', 'x5c'])('signed by a key that it brings itself (%s)', async (name) => {
    const { privateKey } = await generateKeyPair('RS256');
    const key = {
      jwk: stage.machines.jwk(),
      jku: `${stage.people.url}/mine`,
      x5u: `${stage.people.url}/mine`,
      x5c: ['MII='],
    };
    const header = { [name]: key[name as keyof typeof key] };
    await refused(
      await stage.machines.token(claims(), { key: privateKey, header }),
      'signature verification failed',
    );
    expect(stage.people.asked).not.toContain('/mine');
  });

  it('of one issuer that is signed by another', async () => {
    const token = await stage.people.token({ ...claims() }, { header: { kid: stage.machines.jwk().kid } });
    await refused(token, 'signature verification failed');
  });

  it.each([{ crit: ['exp'], exp: 1 }, { crit: ['b64'], b64: true }, { crit: [] }])(
    'with critical extensions (%j)',
    async (header) => {
      const [, payload, signature] = (await stage.machines.token(claims())).split('.');
      const { kid } = stage.machines.jwk();
      await refused(
        `${encoded({ alg: 'RS256', kid, ...header })}.${payload}.${signature}`,
        /crit|signature|Extension/i,
      );
    },
  );

  it.each(['at+jwt', 'dpop+jwt', 'logout+jwt', 'secevent+jwt'])('of another type (%s)', async (typ) => {
    await refused(
      await stage.machines.token(claims(), { header: { typ } }),
      `the token is of another type: "${typ}"`,
    );
  });

  it.each<[string, unknown]>([
    ['the client id of the people', 'roleferry-cli'],
    ['a longer address', 'https://broker.example.evil.test'],
    ['in other letters', 'https://BROKER.example'],
    ['none', undefined],
    ['a list of others', ['a', 'b']],
    ['no text', 7],
  ])('for another audience: %s', async (_, aud) => {
    await refused(
      await stage.machines.token({ ...claims(), aud: aud as string }),
      /^the audience is another: /,
    );
  });

  it.each<[string, number | undefined, string, string]>([
    ['an hour ago', -3600, 'the token has expired', 'ExpiredToken'],
    ['a second ago, though nbf and iat are given thirty', -1, 'the token has expired', 'ExpiredToken'],
    ['never', undefined, 'missing required "exp" claim', 'InvalidToken'],
  ])('that expired %s', async (_, ago, reason, code) => {
    const exp = ago === undefined ? undefined : Math.floor(Date.now() / 1000) + ago;
    await refused(await stage.machines.token({ ...claims(), exp: exp as number }), reason, 401, code);
  });

  it.each(['nbf', 'iat'])('from the future by %s', async (name) => {
    const soon = Math.floor(Date.now() / 1000) + 60;
    await refused(await stage.machines.token({ ...claims(), [name]: soon }), /nbf|future/);
  });

  it('but not for a clock that is twenty seconds ahead', async () => {
    const soon = Math.floor(Date.now() / 1000) + 20;
    const token = await stage.machines.token({ ...claims(), sub: 'repo:no/where', nbf: soon, iat: soon });
    expect(await stage.ask('/v1/roles', { authorization: token })).toMatchObject({ status: 200 });
  });

  it.each([
    'http://169.254.169.254/latest/meta-data',
    'https://token.actions.githubusercontent.com',
    'file:///etc/passwd',
    '__proto__',
  ])('of an issuer that is not configured, which is never asked: %s', async (iss) => {
    const before = [...stage.machines.asked, ...stage.people.asked].length;
    await refused(await stage.machines.token({ ...claims(), iss }), `the issuer is not configured: "${iss}"`);
    expect([...stage.machines.asked, ...stage.people.asked]).toHaveLength(before);
  });

  it('of an issuer whose address only begins like a configured one', async () => {
    await refused(
      await stage.machines.token({ ...claims(), iss: `${stage.machines.url}/` }),
      /^the issuer is not configured/,
    );
  });

  it.each(['', 'x', 'a.b.c', '..', `${'a'.repeat(20_000)}.b.c`])('that is none', async (token) => {
    const lines = stage.audit().length;
    const asked = await stage.ask('/v1/roles/deploy', { authorization: token });
    const { Code: code } = asked.body;
    expect([asked.status, code]).toEqual([401, expect.stringMatching(/^(TokenNeeded|InvalidToken)$/)]);
    expect(stage.audit().slice(lines)).toEqual([
      expect.objectContaining({ outcome: 'refused', status: 401, code, role: 'deploy' }),
    ]);
    expect(stage.asksOfSts()).toEqual([]);
  });

  it('that was changed in a single letter', async () => {
    const [header, payload = '', signature] = (await stage.machines.token(claims())).split('.');
    const sub = Buffer.from(payload, 'base64url')
      .toString()
      .replace('repo:example/shop', 'repo:example/site');
    await refused(
      `${header}.${Buffer.from(sub).toString('base64url')}.${signature}`,
      'signature verification failed',
    );
  });

  it.each([
    ['another subject', 'repo:example/blog'],
    ['one that begins like an allowed one', 'repo:example/shop-evil'],
    ['one that an allowed one begins with', 'repo:example'],
    ['an allowed one in other letters', 'repo:Example/shop'],
    ['one with a blank behind', 'repo:example/shop '],
    ['a pattern', '*'],
  ])('for a role that it may not have: %s', async (_, sub) => {
    await refused(
      await stage.machines.token({ ...claims(), sub }),
      'no such role, or no rule of it fits',
      403,
      'AccessDenied',
    );
  });

  it.each(['dev', 'nothing', 'constructor', '__proto__', 'toString'])(
    'with the same words for the role %s, there or not',
    async (name) => {
      const lines = stage.audit().length;
      const asked = await stage.ask(`/v1/roles/${name}`, {
        authorization: await stage.machines.token(claims()),
      });
      const isName = !name.startsWith('_');
      expect([asked.status, asked.body]).toEqual(
        isName
          ? [403, { Code: 'AccessDenied', Message: 'There is no such role for this token.' }]
          : [404, expect.objectContaining({ Code: 'NotFound' })],
      );
      expect(stage.audit().slice(lines)).toEqual([
        expect.objectContaining({ outcome: 'refused', status: asked.status, code: asked.body.Code }),
      ]);
      expect(stage.asksOfSts()).toEqual([]);
    },
  );

  it('of another issuer than the one that the rule names', async () => {
    const token = await stage.personToken({ sub: 'repo:example/shop' });
    const asked = await stage.askAsPerson('/v1/roles/deploy', token);
    expect([asked.status, stage.asksOfSts()]).toEqual([403, []]);
    expect(stage.audit().at(-1)).toMatchObject({
      outcome: 'refused',
      status: 403,
      code: 'AccessDenied',
      iss: stage.people.url,
      role: 'deploy',
    });
  });

  it('with fifty ids of keys that nobody knows, and the issuer is asked once in thirty seconds', async () => {
    stage.ahead.monotonic += 31_000;
    const before = stage.machines.asked.length;
    const lines = stage.audit().length;
    for (let number = 0; number < 50; number += 1) {
      const kid = createHash('sha256').update(String(number)).digest('hex');
      const token = await stage.machines.token({ ...claims(), sub: `s-${number}` }, { header: { kid } });
      expect((await stage.ask('/v1/roles/deploy', { authorization: token })).status).toBe(401);
    }
    expect(stage.machines.asked.slice(before)).toEqual(['/.well-known/openid-configuration', '/keys']);
    expect(stage.audit().slice(lines)).toEqual(
      Array(50).fill(
        expect.objectContaining({ status: 401, reason: 'no applicable key found in the JSON Web Key Set' }),
      ),
    );
    expect(stage.asksOfSts()).toEqual([]);
  });

  it('made with jose for nobody at all', async () => {
    const token = await new SignJWT({}).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32));
    await refused(token, 'the issuer is not configured: none');
  });
});
