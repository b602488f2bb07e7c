import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type BrokerStage, startBrokerStage } from '../../../test/fixtures/broker-stage.ts';

const minute = 60_000;

describe('a clock that is set', () => {
  let stage: BrokerStage;
  beforeAll(async () => {
    stage = await startBrokerStage();
  });
  afterAll(() => stage?.close());
  beforeEach(() => {
    stage.ahead.now = 0;
    stage.rehearsal.requests.length = 0;
  });

  /** A token that lives ten minutes, and no other test has. */
  const token = () => stage.machineToken({ jti: crypto.randomUUID() });
  const ask = (authorization: string) => stage.ask('/v1/roles/deploy', { authorization });

  it.each([
    ['eleven minutes ahead', 11 * minute, 'ExpiredToken', 'the token has expired'],
    ['a year ahead', 365 * 24 * 60 * minute, 'ExpiredToken', 'the token has expired'],
    ['a minute back', -minute, 'InvalidToken', 'the token is from the future'],
    ['a year back', -365 * 24 * 60 * minute, 'InvalidToken', 'the token is from the future'],
  ])('%s has tokens refused, and set right again has them taken', async (_, ahead, code, reason) => {
    const authorization = await token();
    const lines = stage.audit().length;
    stage.ahead.now = ahead;
    const refused = await ask(authorization);
    expect([refused.status, refused.body.Code]).toEqual([401, code]);
    expect(stage.audit().slice(lines)).toEqual([
      expect.objectContaining({ outcome: 'refused', status: 401, code, role: 'deploy', reason }),
    ]);
    expect(stage.asksOfSts()).toEqual([]);
    stage.ahead.now = 0;
    expect((await ask(authorization)).status).toBe(200);
  });

  it.each([20_000, -20_000])('by %i ms changes nothing', async (ahead) => {
    const authorization = await token();
    stage.ahead.now = ahead;
    expect((await ask(authorization)).status).toBe(200);
  });

  it('behind the end of a token has it refused, though its credentials are still remembered', async () => {
    const authorization = await token();
    expect((await ask(authorization)).status).toBe(200);
    stage.ahead.now = 11 * minute;
    expect((await ask(authorization)).body.Code).toBe('ExpiredToken');
    expect(stage.asksOfSts()).toHaveLength(1);
  });

  it('has neither AWS asked again for the same token, nor an issuer for its keys', async () => {
    const authorization = await token();
    const unknown = await stage.machines.token({ aud: 'https://broker.example' }, { header: { kid: 'x' } });
    await ask(authorization);
    const before = stage.machines.asked.length;
    stage.ahead.now = 5 * minute;
    expect((await ask(authorization)).status).toBe(200);
    expect((await ask(unknown)).status).toBe(401);
    expect([stage.asksOfSts().length, stage.machines.asked.length]).toEqual([1, before]);
  });
});
