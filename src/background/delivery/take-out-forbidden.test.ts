import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { failure } from '../../core/failure.ts';
import { readChainRuns } from '../state/chain-runs.ts';
import { readHistory } from '../state/history.ts';
import type { RoleSession } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import { Memory } from '../state/memory.ts';
import { takeOutForbidden } from './take-out-forbidden.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => fake.reset());

const audit = 'arn:aws:iam::444455556666:role/Audit';
const written = { profile: 'dev', loginId: 'login-1', role: adminRole, issuer };
const second = { ...written, profile: 'audit', assumed: audit };
const endsAt = Date.now() + 3_600_000;
const run = {
  profile: 'audit',
  roleArn: audit,
  loginId: 'login-1',
  role: adminRole,
  step: 'written',
  startedAt: 1,
  endsAt,
};
const inDev = { step: 'written', profile: 'dev' } as const;

/** A worker that wrote these profiles, with this session of its login and these runs of second roles. */
async function start(
  session: RoleSession,
  { profiles = [written] as object[], chainRuns = [] as object[] } = {},
): Promise<void> {
  await fake.session.set({
    logins: [aLogin({ sessions: [session] })],
    writtenProfiles: profiles,
    chainRuns,
  });
  memory = new Memory();
}

const busy = failure('file-busy', { file: 'f' });

/** A host that cannot remove anything. */
const busyFile = (request: HostRequest, port: FakePort) =>
  request.type === 'remove-profile'
    ? port.send({ version: 1, id: request.id, ok: false, failure: busy })
    : answerWell(request, port);

const noProfiles = failure('policy-no-profiles');
const noAudit = { allowedAccounts: ['111122223333'] };
const removed = () => fake.asked('remove-profile').map(({ name }) => name);
const session = async () => (await readLogins(memory))[0]?.sessions[0];
const history = async () =>
  (await readHistory(memory)).map(({ what, profile, outcome, failure: reason }) => [
    what,
    profile,
    outcome,
    reason?.code,
  ]);

describe('a written profile that the policy forbids', () => {
  it('goes out of the file, and its role says why, with the credentials kept for copying', async () => {
    await start(readySession({ delivery: inDev }));
    await takeOutForbidden(memory, { forbidProfiles: true });
    expect(removed()).toEqual(['dev']);
    const now = await session();
    expect(now).toMatchObject({
      step: 'ready',
      credentials: { accessKeyId: expect.any(String) },
      delivery: { step: 'failed', profile: 'dev', failure: noProfiles },
    });
    expect(now).not.toHaveProperty('alreadyIn');
    expect(await history()).toEqual([['forget', 'dev', 'done', 'policy-no-profiles']]);
    await takeOutForbidden(memory, { forbidProfiles: true });
    expect(removed()).toEqual(['dev']);
  });

  it('is known to be in the file still where the host could not take it out, and is tried again', async () => {
    await start(readySession({ delivery: inDev }));
    fake.answer = busyFile;
    await takeOutForbidden(memory, { forbidProfiles: true });
    expect(await session()).toMatchObject({
      delivery: { step: 'failed', profile: 'dev', failure: busy },
      alreadyIn: 'dev',
    });
    expect(await history()).toEqual([['forget', 'dev', 'failed', 'file-busy']]);
    fake.answer = undefined;
    await takeOutForbidden(memory, { forbidProfiles: true });
    expect(removed()).toEqual(['dev', 'dev']);
    expect(await session()).toMatchObject({ delivery: { failure: noProfiles } });
    expect(await session()).not.toHaveProperty('alreadyIn');
  });

  it.each<[string, RoleSession]>([
    ['whose credentials went', { role: adminRole, step: 'failed', failure: failure('sts-throttled') }],
    ['that was forgotten', { role: adminRole, step: 'forgotten', left: { profile: 'dev', failure: busy } }],
  ])('is told of at a role %s', async (_, before) => {
    await start(before);
    await takeOutForbidden(memory, { forbidProfiles: true });
    expect(await session()).toEqual({
      role: adminRole,
      step: 'failed',
      profile: 'dev',
      failure: noProfiles,
    });
    await start(before);
    fake.answer = busyFile;
    await takeOutForbidden(memory, { forbidProfiles: true });
    expect(await session()).toEqual({
      role: adminRole,
      step: 'forgotten',
      left: { profile: 'dev', failure: busy },
    });
  });

  it.each<[string, RoleSession]>([
    ['is being asked for', { role: adminRole, step: 'exchanging' }],
    ['is in another profile by now', readySession({ delivery: { step: 'written', profile: 'new' } })],
    ['is in none', readySession()],
  ])('says nothing at a role that %s', async (_, before) => {
    await start(before);
    await takeOutForbidden(memory, { forbidProfiles: true });
    expect(removed()).toEqual(['dev']);
    expect(await session()).toEqual(before);
  });

  it('is the only one that goes, and of nothing that goes the host is not asked', async () => {
    await start(readySession({ delivery: inDev }), { profiles: [written, second], chainRuns: [run] });
    await takeOutForbidden(memory, { allowedAccounts: ['111122223333', '444455556666'] });
    expect(fake.ports).toEqual([]);
    expect(await history()).toEqual([]);
    await takeOutForbidden(memory, noAudit);
    expect(removed()).toEqual(['audit']);
    expect(await session()).toMatchObject({ delivery: inDev });
    expect((await fake.session.get('writtenProfiles')).writtenProfiles).toEqual([written]);
  });
});

describe('the run of a second role whose profile the policy forbids', () => {
  it('says why, and ends with the credentials', async () => {
    const other = { ...run, profile: 'other' };
    const sameName = { ...run, roleArn: `${audit}2`, profile: 'audit2' };
    await start(readySession({ delivery: inDev }), {
      profiles: [second],
      chainRuns: [run, other, sameName],
    });
    await takeOutForbidden(memory, noAudit);
    const { endsAt: _, ...ended } = run;
    const [reason, ...others] = await readChainRuns(memory);
    expect(reason).toEqual({
      ...ended,
      step: 'failed',
      failure: expect.objectContaining({ code: 'policy-forbids' }),
    });
    expect(others).toEqual([other, sameName]);
  });

  it('still knows when the credentials end that could not be taken out', async () => {
    const { endsAt: _, ...never } = run;
    fake.answer = busyFile;
    for (const before of [run, never]) {
      await start(readySession({ delivery: inDev }), { profiles: [second], chainRuns: [before] });
      await takeOutForbidden(memory, noAudit);
      expect(await readChainRuns(memory)).toStrictEqual([{ ...before, step: 'failed', failure: busy }]);
    }
  });

  it('is left alone where the profile is another second role’s by now', async () => {
    const mine = { ...run, roleArn: 'arn:aws:iam::111122223333:role/Mine' };
    await start(readySession({ delivery: inDev }), { profiles: [second], chainRuns: [mine] });
    await takeOutForbidden(memory, noAudit);
    expect(await readChainRuns(memory)).toEqual([mine]);
  });
});
