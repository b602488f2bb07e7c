import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, aLogin, readySession } from '../../../test/fixtures/login.ts';
import { failure } from '../../core/failure.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { dropExpired } from './drop-expired.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => fake.reset());

async function swept(logins: Login[], now: number) {
  await fake.session.set({ logins });
  memory = new Memory();
  await dropExpired(memory, now);
  const stored = await fake.session.get('logins');
  return { logins: stored.logins as Login[], alarm: fake.alarms.get('drop-expired') };
}

describe('a worker that may be stopped in the middle', () => {
  it.each<[string, Login['sessions'][number]]>([
    ['what was forgotten is taken out of the file', { role: adminRole, step: 'forgotten' }],
    ['STS is asked', { role: adminRole, step: 'exchanging' }],
    ['the host is asked', readySession({ delivery: { step: 'writing', profile: 'dev' } })],
  ])('is woken within half a minute while %s', async (_, session) => {
    const now = Date.now();
    const { alarm } = await swept([aLogin({ sessions: [session] })], now);
    expect(alarm).toBe(now + 30_000);
  });

  it('is not woken for what was forgotten once the host has said why it is in the file still', async () => {
    const left = { profile: 'dev', failure: failure('file-busy', { file: 'f' }) };
    const forgotten = aLogin({
      response: undefined,
      sessions: [{ role: adminRole, step: 'forgotten', left }],
    });
    expect((await swept([forgotten], Date.now())).alarm).toBeUndefined();
  });

  it('is woken within half a minute while a second role is assumed', async () => {
    const now = Date.now();
    const run = { profile: 'deploy', roleArn: 'x', loginId: 'login-1', role: adminRole, startedAt: now };
    await fake.session.set({ chainRuns: [{ ...run, step: 'exchanging' }] });
    expect((await swept([], now)).alarm).toBe(now + 30_000);
  });

  it('is not woken again and again for credentials that ended before they were written', async () => {
    const session = readySession({ delivery: { step: 'writing', profile: 'dev' } });
    const login = aLogin({ response: undefined, sessions: [session] });
    const { alarm } = await swept([login], session.endsAt);
    expect(alarm).toBeUndefined();
  });
});

describe('what no longer serves', () => {
  const session = readySession();
  const login = aLogin({ sessions: [session] });
  const end = session.endsAt;

  it('stays until then, and an alarm is set for the first that ends', async () => {
    const { logins, alarm } = await swept([login], login.redeemBefore - 1);
    expect(logins).toEqual([login]);
    expect(alarm).toBe(login.redeemBefore);
  });

  it('is a response that AWS takes no longer', async () => {
    const { logins, alarm } = await swept([login], login.redeemBefore);
    expect(logins[0]?.response).toBeUndefined();
    expect(logins[0]?.sessions[0]).toMatchObject({ credentials: session.credentials });
    expect(alarm).toBe(end);
  });

  it('are expired credentials; that they were there stays to be shown', async () => {
    const { logins, alarm } = await swept([login], end);
    expect(logins[0]?.sessions[0]).toMatchObject({ step: 'ready', endsAt: session.endsAt });
    expect(fake.session.everything()).not.toMatch(/secret|token|ASIA/);
    expect(fake.session.everything()).not.toContain(login.response);
    expect(alarm).toBeUndefined();
  });

  it('is dropped from every login, each at its own time', async () => {
    const soon = readySession({ endsAt: login.redeemBefore - 60_000 });
    const other = aLogin({ id: 'login-2', response: undefined, sessions: [soon] });
    const first = await swept([login, other], login.redeemBefore - 120_000);
    expect(first.alarm).toBe(login.redeemBefore - 60_000);
    const second = await swept(first.logins, login.redeemBefore - 60_000);
    expect(second.logins[1]?.sessions[0]).not.toHaveProperty('credentials.accessKeyId');
    expect(second.alarm).toBe(login.redeemBefore);
  });

  it('is nothing when there is no login', async () => {
    const { alarm } = await swept([], Date.now());
    expect(alarm).toBeUndefined();
  });
});
