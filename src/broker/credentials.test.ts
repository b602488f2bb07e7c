import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BrokerStage, startBrokerStage } from '../../test/fixtures/broker-stage.ts';
import { hold, stsError } from '../../test/rehearsal/fault.ts';

describe('the broker', () => {
  let stage: BrokerStage;
  beforeAll(async () => {
    stage = await startBrokerStage();
  });
  afterAll(() => stage?.close());
  afterEach(() => {
    stage.rehearsal.onSts = undefined;
    stage.ahead.monotonic += 16_000;
  });

  it('gives a machine the credentials of its role, for SDKs and for credential_process alike', async () => {
    const token = await stage.machineToken({ jti: 'token-1' });
    const before = stage.asksOfSts().length;
    const { status, headers, body } = await stage.ask('/v1/roles/deploy', { authorization: token });
    expect([status, body]).toEqual([
      200,
      {
        Version: 1,
        AccessKeyId: expect.stringMatching(/^ASIA/),
        SecretAccessKey: expect.any(String),
        SessionToken: expect.any(String),
        Token: body.SessionToken,
        Expiration: expect.stringMatching(/^\d{4}-.*Z$/),
        AccountId: '444455556666',
        RoleArn: 'arn:aws:iam::444455556666:role/brokered/Deploy',
        PrincipalArn: expect.stringMatching(/assumed-role\/Deploy\/repo-example-shop-[0-9a-f]{8}$/),
      },
    ]);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(stage.audit().at(-1)).toEqual({
      time: expect.any(String),
      request: headers.get('x-request-id'),
      outcome: 'issued',
      status: 200,
      from: '127.0.0.1',
      method: 'GET',
      role: 'deploy',
      iss: stage.machines.url,
      sub: 'repo:example/shop',
      jti: 'token-1',
      roleArn: body.RoleArn,
      session: body.PrincipalArn.split('/').at(-1),
      accessKeyId: body.AccessKeyId,
      expiration: body.Expiration,
      duration: 3600,
    });
    expect(stage.asksOfSts().slice(before)).toHaveLength(1);
    expect(stage.asksOfSts().at(-1)?.form.get('ExternalId')).toBe('rehearsal-broker');
  });

  it('takes a token after Bearer as well', async () => {
    const token = await stage.machineToken();
    expect(await stage.ask('/v1/roles/deploy', { authorization: `Bearer ${token}` })).toMatchObject({
      status: 200,
    });
  });

  it('gives a person the role, with name, source identity, tags and session policy', async () => {
    const { status, body } = await stage.askAsPerson('/v1/roles/dev', await stage.personToken());
    expect([status, body.PrincipalArn]).toEqual([
      200,
      'arn:aws:sts::111122223333:assumed-role/Dev/alice@example.com',
    ]);
    const { form } = stage.asksOfSts().at(-1) ?? {};
    expect(form?.get('SourceIdentity')).toBe('alice@example.com');
    expect([form?.get('Tags.member.1.Key'), form?.get('Tags.member.1.Value')]).toEqual(['sub', 'u-1']);
    expect(form?.get('Policy')).toContain('"s3:*"');
    expect(stage.audit().at(-1)).toMatchObject({
      sourceIdentity: 'alice@example.com',
      session: 'alice@example.com',
    });
  });

  it.each([
    ['?duration=900', '900'],
    ['?duration=43200', '3600'],
    ['', '3600'],
  ])('%s asks AWS for %s seconds: it can only shorten', async (query, seconds) => {
    const token = await stage.machineToken();
    expect((await stage.ask(`/v1/roles/deploy${query}`, { authorization: token })).status).toBe(200);
    expect(stage.asksOfSts().at(-1)?.form.get('DurationSeconds')).toBe(seconds);
  });

  it('says which roles a token may have', async () => {
    const people = await stage.askAsPerson('/v1/roles', await stage.personToken());
    expect(people).toMatchObject({
      status: 200,
      body: {
        roles: [{ name: 'dev', arn: 'arn:aws:iam::111122223333:role/brokered/Dev', maxDuration: 3600 }],
      },
    });
    expect(stage.audit().at(-1)).toMatchObject({ outcome: 'listed', status: 200, sub: 'u-1' });
    const stranger = await stage.machineToken({ sub: 'repo:else/where' });
    expect((await stage.ask('/v1/roles', { authorization: stranger })).body).toEqual({ roles: [] });
  });

  it('tells everyone how people log in', async () => {
    expect(await stage.ask('/v1')).toMatchObject({
      status: 200,
      body: {
        version: 1,
        url: 'http://127.0.0.1:8443',
        login: {
          issuer: stage.people.url,
          clientId: 'roleferry-cli',
          scopes: ['openid', 'email', 'groups'],
          redirectPort: 8765,
        },
      },
    });
  });

  it('asks STS once for a token and a role within fifteen seconds, however often it is asked', async () => {
    const token = await stage.machineToken();
    const before = stage.asksOfSts().length;
    const ask = () => stage.ask('/v1/roles/deploy', { authorization: token });
    const lines = stage.audit().length;
    const answers = [...(await Promise.all([ask(), ask(), ask()])), await ask()];
    expect(stage.audit().slice(lines)).toEqual(
      answers.map(({ body }) =>
        expect.objectContaining({ outcome: 'issued', status: 200, accessKeyId: body.AccessKeyId }),
      ),
    );
    expect(new Set(answers.map(({ body }) => body.AccessKeyId)).size).toBe(1);
    expect(stage.asksOfSts().length).toBe(before + 1);
    stage.ahead.monotonic += 15_001;
    await ask();
    expect(stage.asksOfSts().length).toBe(before + 2);
  });

  it.each([
    [
      'refuses',
      () => stsError(403, 'AccessDenied', 'Not you, says AWS'),
      403,
      'RoleUnavailable',
      'Not you, says AWS',
    ],
    ['throttles', () => stsError(400, 'Throttling', 'Rate exceeded'), 503, 'Unavailable', 'Rate exceeded'],
    ['is broken', () => stsError(500, 'InternalFailure', 'Oops'), 503, 'Unavailable', 'Oops'],
    ['cuts the connection', () => 'cut' as const, 503, 'Unavailable', 'sts-unreachable'],
  ])(
    'says so in general words where STS %s, and in AWS’s own in the audit',
    async (_, hook, status, code, words) => {
      stage.rehearsal.onSts = hook;
      const asked = await stage.ask('/v1/roles/deploy', { authorization: await stage.machineToken() });
      expect([asked.status, asked.body.Code]).toEqual([status, code]);
      expect(JSON.stringify(asked.body)).not.toContain(words);
      expect(stage.audit().at(-1)).toMatchObject({
        outcome: 'refused',
        status,
        code,
        reason: expect.stringContaining(words),
      });
    },
  );

  it('gives up after five seconds where STS is slow, and says so in the audit', async () => {
    const [ended, held] = [new AbortController(), hold()];
    const timeout = vi.spyOn(AbortSignal, 'timeout').mockReturnValue(ended.signal);
    stage.rehearsal.onSts = held.hook;
    stage.rehearsal.requests.length = 0;
    const asking = stage.ask('/v1/roles/deploy', { authorization: await stage.machineToken() });
    await stage.rehearsal.waitForRequest(({ action }) => action === 'AssumeRole');
    ended.abort(new DOMException('late', 'TimeoutError'));
    expect(await asking).toMatchObject({ status: 503, body: { Code: 'Unavailable' } });
    expect(timeout).toHaveBeenCalledExactlyOnceWith(5_000);
    expect(stage.audit().at(-1)).toMatchObject({
      outcome: 'refused',
      status: 503,
      reason: expect.stringMatching(/^sts-unreachable: /),
    });
    timeout.mockRestore();
    held.release();
  });

  it('tries again at once after STS was away', async () => {
    const authorization = await stage.machineToken();
    stage.rehearsal.onSts = () => stsError(503, 'ServiceUnavailable', 'later');
    expect((await stage.ask('/v1/roles/deploy', { authorization })).status).toBe(503);
    stage.rehearsal.onSts = undefined;
    expect((await stage.ask('/v1/roles/deploy', { authorization })).status).toBe(200);
  });

  it('refuses where a claim is missing that the session is named after', async () => {
    const asked = await stage.askAsPerson('/v1/roles/dev', await stage.personToken({ email: undefined }));
    expect([asked.status, stage.audit().at(-1)?.reason]).toEqual([403, 'the token lacks email']);
  });
});
