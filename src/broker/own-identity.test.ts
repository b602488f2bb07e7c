import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type BrokerStage, startBrokerStage } from '../../test/fixtures/broker-stage.ts';
import { withoutAnswer } from '../../test/fixtures/without-answer.ts';
import { accounts, iamArn } from '../../test/rehearsal/world.ts';
import { exchange } from '../core/sts/exchange.ts';

const allow = [{ issuer: 'machines', claims: { sub: 'repo:example/shop' } }];
const chained = { arn: iamArn(accounts.production, 'role/Deploy'), maxDuration: 14_400, allow };

describe('a broker', () => {
  let stage: BrokerStage;
  beforeAll(async () => {
    stage = await startBrokerStage({ roles: { deploy: chained } });
  });
  afterAll(() => stage?.close());

  const ask = async () => stage.ask('/v1/roles/deploy', { authorization: await stage.machineToken() });
  const durationsAsked = () => stage.asksOfSts().map(({ form }) => form.get('DurationSeconds'));

  it('without credentials of its own hands out nothing, and its audit says why', async () => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', '');
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    expect((await ask()).status).toBe(503);
    expect(stage.audit().at(-1)?.reason).toMatch(/^source-credentials-missing: /);
  });

  it('that is a role itself asks for an hour at most', async () => {
    const role = {
      roleArn: iamArn(accounts.development, 'role/Developer'),
      providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
    };
    const response = stage.rehearsal.issueResponse({ user: 'alice' });
    const own = await exchange({ response, role, region: 'us-east-1' });
    if (!own.ok) throw new Error(own.failure.message);
    vi.stubEnv('AWS_ACCESS_KEY_ID', own.value.credentials.accessKeyId);
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', own.value.credentials.secretAccessKey);
    vi.stubEnv('AWS_SESSION_TOKEN', own.value.credentials.sessionToken);
    expect([(await ask()).status, durationsAsked()]).toEqual([200, ['3600']]);
    expect(stage.audit().at(-1)?.duration).toBe(3600);
  });

  it('that AWS does not answer says so, and who asks again finds the same question', async () => {
    stage.ahead.monotonic += 16_000;
    const token = await stage.machineToken();
    const asked = () => stage.ask('/v1/roles/deploy', { authorization: token });
    const answers = await withoutAnswer(stage.rehearsal, () => Promise.all([asked(), asked(), asked()]));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(durationsAsked()).toEqual(['3600', '3600']);
    expect(stage.audit().at(-1)?.reason).toMatch(/^sts-unreachable: .* did not answer in time/);
  });
});
