import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BrokerStage, startBrokerStage } from '../../test/fixtures/broker-stage.ts';
import { asksItself } from './own-credentials.ts';

let stage: BrokerStage;
beforeAll(async () => {
  stage = await startBrokerStage();
});
afterEach(async () => {
  stage.machines.onRequest = undefined;
  stage.rehearsal.onSts = undefined;
  stage.writeConfig();
  await stage.serving.reload(stage.configFile);
  writeFileSync(`${stage.folder}/audit.log`, '');
  stage.rehearsal.requests.length = 0;
  stage.log.length = 0;
  stage.ahead.monotonic += 16_000;
});
afterAll(() => stage?.close());

const admin = async (path: string) => {
  const answer = await fetch(`http://127.0.0.1:${stage.serving.admin?.port}${path}`);
  return { status: answer.status, text: await answer.text() };
};

/** Sends bytes as they are, and gives all that comes back. */
async function raw(request: string): Promise<string> {
  const socket = connect(stage.serving.listen.port, '127.0.0.1');
  socket.end(request);
  return text(socket);
}

describe('a request', () => {
  it.each([
    ['/', 404],
    ['/v1/', 404],
    ['/v2/roles/dev', 404],
    ['/v1/roles/', 404],
    ['/v1/roles/dev/', 404],
    ['/v1/roles/dev%0d%0aX-A:b', 404],
    ['/v1/roles/%64eploy', 404],
    ['/v1/roles/..%2fdeploy', 404],
    [`/v1/roles/${'a'.repeat(65)}`, 404],
    ['/v1/roles/deploy?duration=1', 400],
    ['/v1/roles/deploy?duration=99999', 400],
    ['/v1/roles/deploy?duration=900&duration=901', 400],
    ['/v1/roles/deploy?duration=0x384', 400],
    ['/v1/roles/deploy?role=dev', 400],
    ['/v1/roles?duration=900', 400],
  ])('for %s is answered with %i, whatever token comes with it', async (path, status) => {
    const asked = await stage.ask(path, { authorization: await stage.machineToken() });
    expect([asked.status, stage.audit().map((line) => line.status)]).toEqual([status, [status]]);
    expect(stage.asksOfSts()).toEqual([]);
  });

  it.each(['POST', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'])('by %s is refused', async (method) => {
    const headers = { authorization: await stage.machineToken() };
    const answer = await fetch(`${stage.base}/v1/roles/deploy`, { method, headers });
    expect([answer.status, answer.headers.get('allow'), stage.audit()]).toEqual([
      405,
      'GET',
      [expect.objectContaining({ status: 405, code: 'MethodNotAllowed', reason: `the method is ${method}` })],
    ]);
    expect(stage.asksOfSts()).toEqual([]);
  });

  it('with headers of 40 KB is refused, one with 24 KB is read', async () => {
    const get = (size: number) =>
      `GET /v1/roles/deploy HTTP/1.1\r\nHost: a\r\nX-A: ${'a'.repeat(size)}\r\nConnection: close\r\n\r\n`;
    expect(await raw(get(40_000))).toMatch(/^HTTP\/1.1 431 .*"Code":"HeadersTooLarge"/s);
    expect(await raw(get(24_000))).toMatch(/^HTTP\/1.1 401 /);
    expect(stage.audit()).toEqual([
      expect.objectContaining({ status: 431, code: 'HeadersTooLarge' }),
      expect.objectContaining({ status: 401, code: 'TokenNeeded' }),
    ]);
    expect(stage.asksOfSts()).toEqual([]);
  });

  it.each([
    ['a line break in its path', 'GET /v1/roles/de\rploy HTTP/1.1\r\nHost: a\r\n\r\n'],
    ['no HTTP', 'hello\r\n\r\n'],
    ['two lengths', 'GET /v1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n'],
  ])('with %s is refused', async (_, bytes) => {
    expect(await raw(bytes)).toMatch(/^HTTP\/1.1 400 /);
    expect(stage.audit()).toEqual([expect.objectContaining({ status: 400, outcome: 'refused' })]);
    expect(stage.asksOfSts()).toEqual([]);
  });

  it('that ends in the middle, a thousand times, leaves no trace and no harm', async () => {
    const ended = Array.from({ length: 1000 }, () => {
      const socket = connect(stage.serving.listen.port, '127.0.0.1');
      socket.write('GET /v1/roles/dep');
      return new Promise((resolve) => socket.once('connect', () => resolve(socket.destroy())));
    });
    await Promise.all(ended);
    const asked = await stage.ask('/v1/roles/deploy', { authorization: await stage.machineToken() });
    expect(asked.status).toBe(200);
  });

  it('of a subject that asks too often is refused, and others are not', async () => {
    stage.writeConfig({ limits: { perSecond: 1, burst: 10 } });
    await stage.serving.reload(stage.configFile);
    const often = await stage.machineToken({ sub: 'busy' });
    const statuses: number[] = [];
    for (let number = 0; number < 11; number += 1) {
      statuses.push((await stage.ask('/v1/roles', { authorization: often })).status);
    }
    expect(statuses).toEqual([...Array(10).fill(200), 429]);
    expect(stage.audit().at(-1)).toMatchObject({ status: 429, code: 'TooManyRequests', sub: 'busy' });
    expect((await stage.ask('/v1/roles', { authorization: await stage.machineToken() })).status).toBe(200);
    stage.ahead.monotonic += 1000;
    expect((await stage.ask('/v1/roles', { authorization: often })).status).toBe(200);
  });
});

describe('without a line in the audit', () => {
  it('no credentials go out, and with room again they do', async () => {
    const authorization = await stage.machineToken();
    stage.writeConfig({ audit: '/dev/full' });
    await stage.serving.reload(stage.configFile);
    const asked = await stage.ask('/v1/roles/deploy', { authorization });
    expect([asked.status, asked.body]).toEqual([
      503,
      { Code: 'Unavailable', Message: 'The broker cannot do this right now: try again.' },
    ]);
    expect((await admin('/metrics')).text).toMatch(/roleferry_broker_audit_failures_total [1-9]/);
    stage.writeConfig();
    await stage.serving.reload(stage.configFile);
    expect((await stage.ask('/v1/roles/deploy', { authorization })).status).toBe(200);
  });
});

describe('SIGHUP', () => {
  const good = async () =>
    (await stage.ask('/v1/roles/deploy', { authorization: await stage.machineToken() })).status;

  it('takes a new configuration', async () => {
    const { roles } = JSON.parse(readFileSync(stage.configFile, 'utf8'));
    stage.writeConfig({ roles: { dev: roles.dev } });
    await stage.serving.reload(stage.configFile);
    expect([await good(), stage.log.at(-1)?.event]).toEqual([403, 'reloaded']);
  });

  it.each<[string, (file: string) => void, string]>([
    ['is no JSON', (file) => writeFileSync(file, '{'), 'is not JSON'],
    [
      'is cut in the middle',
      (file) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 300)),
      'is not JSON',
    ],
    ['is gone', (file) => renameSync(file, `${file}.old`), 'is not there'],
    ['has an unknown key', () => stage.writeConfig({ rolls: {} }), 'is no known key'],
    ['cannot be audited', () => stage.writeConfig({ audit: '/none/audit.log' }), 'ENOENT'],
    ['listens elsewhere', () => stage.writeConfig({ listen: '127.0.0.1:1' }), 'can change only at a restart'],
  ])('keeps the old one where the new one %s', async (_, spoil, hint) => {
    spoil(stage.configFile);
    await stage.serving.reload(stage.configFile);
    expect([await good(), stage.log.at(-1)]).toEqual([
      200,
      {
        event: 'reload-refused',
        problems: [expect.objectContaining({ hint: expect.stringContaining(hint) })],
      },
    ]);
    expect((await admin('/metrics')).text).toMatch(
      /roleferry_broker_reloads_total\{result="refused"\} [1-9]/,
    );
  });

  it('opens the audit anew, as after a rotation', async () => {
    const file = `${stage.folder}/audit.log`;
    await good();
    renameSync(file, `${file}.1`);
    await good();
    await stage.serving.reload(stage.configFile);
    await good();
    expect(readFileSync(`${file}.1`, 'utf8').trim().split('\n')).toHaveLength(2);
    expect(stage.audit()).toHaveLength(1);
  });

  it('keeps the keys of an issuer that is away, and tokens of it are good', async () => {
    const authorization = await stage.machineToken();
    stage.machines.onRequest = (_, response) => response.destroy() !== undefined;
    await stage.serving.reload(stage.configFile);
    expect((await stage.ask('/v1/roles/deploy', { authorization })).status).toBe(200);
    expect(stage.log.map(({ event }) => event)).toContain('issuer-keys-not-loaded');
  });
});

describe('whoever runs it', () => {
  it('sees health, readiness and metrics, and nothing secret in them', async () => {
    const token = await stage.machineToken();
    const { body } = await stage.ask('/v1/roles/deploy', { authorization: token });
    await stage.ask('/v1/roles/nowhere', { authorization: token });
    expect([
      await admin('/healthz'),
      await admin('/readyz'),
      (await admin('/v1/roles/deploy')).status,
    ]).toEqual([{ status: 200, text: 'ok\n' }, { status: 200, text: 'ready\n' }, 404]);
    const metrics = (await admin('/metrics')).text;
    expect(metrics).toContain('roleferry_broker_decisions_total{outcome="issued",code="",role="deploy"} ');
    expect(metrics).toContain(
      'roleferry_broker_decisions_total{outcome="refused",code="AccessDenied",role=""} ',
    );
    expect(metrics).toMatch(/roleferry_broker_sts_seconds_count [1-9]/);
    expect(metrics).toMatch(/issuer_keys_age_seconds\{issuer="people"\} \d/);
    expect(
      metrics.split('\n').filter((line) => !/^(# TYPE \S+ \w+|\w+(\{[^}]*\})? -?[\d.e-]+|)$/.test(line)),
    ).toEqual([]);
    for (const secret of [body.SecretAccessKey, body.SessionToken, body.AccessKeyId, token])
      expect(metrics).not.toContain(secret);
    const written = JSON.stringify([stage.audit(), stage.log]);
    for (const secret of [body.SecretAccessKey, body.SessionToken, token.split('.')[2]])
      expect(written).not.toContain(secret);
  });

  it('sees that it is not ready while no issuer ever gave its keys', async () => {
    stage.writeConfig({
      issuers: { one: { issuer: 'http://127.0.0.1:9', audience: 'a' } },
      roles: {
        dev: { arn: 'arn:aws:iam::111122223333:role/Dev', allow: [{ issuer: 'one', claims: { sub: 'a' } }] },
      },
    });
    await stage.serving.reload(stage.configFile);
    expect(await admin('/readyz')).toEqual({ status: 503, text: 'no keys of any issuer yet\n' });
    const token = await stage.machines.token({ iss: 'http://127.0.0.1:9', aud: 'a' });
    const asked = await stage.ask('/v1/roles/dev', { authorization: token });
    expect([asked.status, asked.headers.get('retry-after')]).toEqual([503, '1']);
  });
});

describe('a broker below a path', () => {
  it('is asked there, and proofs are for there', async () => {
    stage.writeConfig({ url: 'http://127.0.0.1:8443/aws/broker/' });
    await stage.serving.reload(stage.configFile);
    const token = await stage.personToken();
    const dpop = await stage.login.proof(token, 'http://127.0.0.1:8443/aws/broker/v1/roles/dev');
    expect((await stage.ask('/aws/broker/v1/roles/dev', { authorization: token, dpop })).status).toBe(200);
    expect((await stage.ask('/v1/roles/dev', { authorization: token, dpop })).status).toBe(404);
  });
});

describe('its own credentials', () => {
  const config = { url: 'https://broker.example', listen: { host: '10.0.0.1', port: 8443 } } as never;
  it.each([
    ['https://broker.example/v1/roles/me', true],
    ['http://127.0.0.1:8443/v1/roles/me', true],
    ['http://localhost:8443/v1/roles/me', true],
    ['http://10.0.0.1:8443/v1/roles/me', true],
    ['http://169.254.170.23/v1/credentials', false],
    ['http://127.0.0.1:9911/x', false],
    ['', false],
  ])('from %s are its own question: %s', (uri, itself) => {
    expect(asksItself(config, { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri })).toBe(itself);
  });
});

describe('the end', () => {
  it('has it end after what is under way', async () => {
    let answer = () => {};
    const held = new Promise<undefined>((resolve) => {
      answer = () => resolve(undefined);
    });
    stage.rehearsal.onSts = () => held;
    const asking = stage.ask('/v1/roles/deploy', { authorization: await stage.machineToken() });
    await stage.rehearsal.waitForRequest(({ action }) => action === 'AssumeRole');
    stage.serving.broker.drain();
    expect(await admin('/readyz')).toEqual({ status: 503, text: 'ends\n' });
    const ended = stage.serving.drain();
    answer();
    expect(await asking).toMatchObject({ status: 200 });
    await ended;
    await expect(fetch(stage.base)).rejects.toThrow();
  });
});
