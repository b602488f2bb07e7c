import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { failure } from '../../core/failure.ts';
import type { Delivery, Login, ReadySession } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import { Memory } from '../state/memory.ts';
import { type Parcel, pickUp, refuse } from './parcel.ts';
import { settleDeliveries } from './settle-deliveries.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => fake.reset());

const inDev = { step: 'written', profile: 'dev' } as const;
const me = 'arn:aws:sts::111122223333:assumed-role/Admin/me@example.com';
const otherRole = { ...adminRole, roleArn: `${adminRole.roleArn}Two` };

/** A worker that holds these logins beside the one whose credentials are on their way to `dev`. */
async function start(...others: Login[]): Promise<Parcel> {
  const logins = [aLogin({ container: 'firefox-container-1', sessions: [readySession()] }), ...others];
  await fake.session.set({ logins });
  memory = new Memory();
  const errand = { loginId: 'login-1', role: adminRole, order: { profile: 'dev', newName: true } };
  const parcel = pickUp(errand, await readLogins(memory), Date.now());
  if (parcel === undefined) throw new Error('there are credentials');
  return parcel;
}

const settle = (parcel: Parcel, delivery: Delivery = inDev) =>
  settleDeliveries(memory, [parcel], () => delivery);
const held = async () => (await readLogins(memory)).map(({ id }) => id);
const sessionOf = async (loginId: string) =>
  (await readLogins(memory)).find(({ id }) => id === loginId)?.sessions[0] as ReadySession | undefined;

/** Another login, that AWS takes no more. */
const old = (change: Partial<Login>, session: Partial<ReadySession> = {}) =>
  aLogin({
    id: 'old',
    redeemBefore: 0,
    sessions: [readySession({ principalArn: me, delivery: inDev, ...session })],
    ...change,
  });

describe('how a parcel stands', () => {
  it('is kept with its login, and in the storage by when that is said', async () => {
    await settle(await start());
    expect(await sessionOf('login-1')).toMatchObject({ delivery: inDev });
    expect(fake.session.everything()).toContain('"written"');
  });

  it('is kept of none whose credentials were replaced meanwhile', async () => {
    const parcel = await start();
    await settle({ ...parcel, session: { ...parcel.session, startedAt: 1 } });
    expect(await sessionOf('login-1')).toMatchObject({ delivery: { step: 'none' } });
  });

  it('is stored only where it is news', async () => {
    const parcel = await start();
    await settle(parcel);
    const set = vi.spyOn(fake.session, 'set');
    await settle(parcel);
    await settleDeliveries(memory, [], () => inDev);
    expect(set).not.toHaveBeenCalled();
    set.mockRestore();
  });

  it('is why it was refused, with what the user ordered where only the policy was missing', async () => {
    const busy = failure('file-busy', { file: 'f' });
    await settle(refuse(await start(), busy));
    expect((await sessionOf('login-1'))?.delivery).toStrictEqual({
      step: 'failed',
      profile: 'dev',
      failure: busy,
    });
    const awaited = failure('policy-awaited');
    await settle(refuse(await start(), awaited));
    expect((await sessionOf('login-1'))?.delivery).toStrictEqual({
      step: 'failed',
      profile: 'dev',
      failure: awaited,
      order: { profile: 'dev', newName: true },
    });
  });
});

describe('what a profile had before', () => {
  it('is let go of where it was the same login’s under another name', async () => {
    await settle(await start(old({})));
    expect(await held()).toEqual(['login-1']);
  });

  it.each<[string, Login]>([
    ['issuer', old({ issuer: `${issuer}/2` })],
    ['container', old({ container: 'firefox-container-2' })],
    ['role', old({}, { role: otherRole })],
    ['login under the same name', old({}, { principalArn: readySession().principalArn })],
  ])('stays in memory, and is not in it any more, where it was of another %s', async (_, login) => {
    await settle(await start(login));
    expect(await held()).toEqual(['login-1', 'old']);
    expect(await sessionOf('old')).toMatchObject({
      credentials: { accessKeyId: expect.any(String) },
      delivery: { step: 'none' },
    });
  });

  it('is still on its way elsewhere where it was', async () => {
    const delivery = { step: 'writing', profile: 'look' } as const;
    await settle(await start(old({}, { role: otherRole, delivery, alreadyIn: 'dev' })));
    const session = await sessionOf('old');
    expect(session).toMatchObject({ delivery });
    expect(session).not.toHaveProperty('alreadyIn');
  });

  it('stays as it is until the new credentials are written, and in every other profile', async () => {
    const parcel = await start(old({}));
    await settle(parcel, { step: 'writing', profile: 'dev' });
    await settle(refuse(parcel, failure('file-busy', { file: 'f' })));
    expect(await sessionOf('old')).toMatchObject({ delivery: inDev });
    await settle(await start(old({}, { delivery: { step: 'written', profile: 'look' } })));
    expect(await sessionOf('old')).toMatchObject({ delivery: { step: 'written', profile: 'look' } });
  });
});
