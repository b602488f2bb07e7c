import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { answerWell, type FakePort, type HostRequest } from '../../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { failure } from '../../core/failure.ts';
import { handleMessage } from '../handle-message.ts';
import { obtain } from '../login/ask-for-role.ts';
import { resumeLogins } from '../login/resume.ts';
import { makeView } from '../shown/view.ts';
import { readHistory } from '../state/history.ts';
import type { Login } from '../state/login.ts';
import { changeLogins } from '../state/login-store.ts';
import { Memory } from '../state/memory.ts';
import { deliver } from './deliver.ts';
import { resumeForgetting } from './forget.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const otherRole = { ...adminRole, roleArn: `${adminRole.roleArn}ReadOnly` };

/** The worker as it starts with this login, and a host that does not answer the first write before it is let. */
async function worker(login: Login) {
  await fake.session.set({ logins: [login] });
  memory = new Memory();
  const held: (() => void)[] = [];
  const done: string[] = [];
  fake.answer = (request, port) => {
    const names = request.profiles?.map(({ name }) => name) ?? [request.name];
    if (/^(write|remove)-/.test(request.type)) done.push(`${request.type} ${names}`);
    if (request.type === 'write-profiles' && held.length === 0) held.push(() => answerWell(request, port));
    else answer(request, port);
  };
  return {
    done,
    view: () => makeView(memory, Date.now()),
    forget: () => handleMessage(memory, { type: 'forget-role', loginId: 'login-1', role: adminRole }),
    forgetEverything: () => handleMessage(memory, { type: 'forget-everything' }),
    save: (profile: string, role = adminRole) =>
      handleMessage(memory, {
        type: 'save',
        loginId: 'login-1',
        role,
        profile,
        takeOver: true,
        replace: false,
      }),
    writeBound: (profile: string, role: typeof adminRole, loginId = 'login-1') =>
      deliver(memory, loginId, role, { profile, byBinding: true }),
    begun: () => vi.waitFor(() => expect(held).toHaveLength(1)),
    letGo: () => held[0]?.(),
  };
}

const busy = failure('file-busy', { file: 'f' });

/** A host that can write, but not remove. */
const busyFile = (request: HostRequest, port: FakePort) =>
  request.type === 'remove-profile'
    ? port.send({ version: 1, id: request.id, ok: false, failure: busy })
    : answerWell(request, port);

let answer: (request: HostRequest, port: FakePort) => void;

beforeEach(() => {
  fake.reset();
  answer = answerWell;
});

const both = () =>
  aLogin({ roles: [adminRole, otherRole], sessions: [readySession(), readySession({ role: otherRole })] });
const bindings = async () => (await fake.local.get('bindings')).bindings ?? [];

describe('what is being written while it is forgotten', () => {
  it.each(['forget', 'forgetEverything'] as const)(
    'is out of the file again before that is answered, and binds nothing: %s',
    async (forget) => {
      const background = await worker(both());
      const saved = background.save('dev');
      await background.begun();
      let isAnswered = false;
      const forgotten = background[forget]().finally(() => {
        isAnswered = true;
      });
      await vi.waitFor(() => expect(fake.session.everything()).not.toContain('"profile":"dev"'));
      expect(isAnswered).toBe(false);
      background.letGo();
      expect(await forgotten).toEqual({ ok: true, value: undefined });
      expect(background.done).toEqual(['write-profiles dev', 'remove-profile dev']);
      expect(await saved).toMatchObject({ failure: { code: 'credentials-expired' } });
      expect(await bindings()).toEqual([]);
    },
  );

  it('is said to be in the file still where it cannot be taken out', async () => {
    const background = await worker(both());
    answer = busyFile;
    void background.save('dev');
    await background.begun();
    const forgotten = background.forget();
    background.letGo();
    expect(await forgotten).toEqual({ ok: false, failure: busy });
  });

  it('goes too where newer credentials had put it out of use', async () => {
    const background = await worker(both());
    void background.save('dev');
    await background.begun();
    await changeLogins(memory, ([, ...others]) => [aLogin({ id: 'login-2' }), ...others]);
    const forgotten = background.forgetEverything();
    background.letGo();
    await forgotten;
    expect(background.done).toEqual(['write-profiles dev', 'remove-profile dev']);
  });

  it('does not go to the host any more when its turn had not come', async () => {
    const background = await worker(both());
    const results = [background.save('dev'), background.save('look', otherRole)];
    await background.begun();
    const forgotten = background.forgetEverything();
    background.letGo();
    await forgotten;
    await Promise.all(results);
    expect(background.done).toEqual(['write-profiles dev', 'remove-profile dev']);
    expect(await bindings()).toEqual([]);
  });

  it('leaves alone what another login has written there after it', async () => {
    const theirs = { issuer, ...otherRole, profile: 'dev' };
    await fake.local.set({ bindings: [theirs] });
    const background = await worker(both());
    void background.save('dev');
    await background.begun();
    const written = background.writeBound('dev', otherRole);
    await vi.waitFor(() => expect(fake.session.everything().match(/"writing"/g)).toHaveLength(2));
    const forgotten = background.forget();
    background.letGo();
    await forgotten;
    expect(await written).toMatchObject({ ok: true });
    expect(background.done).toEqual(['write-profiles dev', 'write-profiles dev']);
    expect(await bindings()).toMatchObject([theirs]);
  });

  it('takes nothing of another login with the same role, though that is held no more', async () => {
    const background = await worker(both());
    await changeLogins(memory, (logins) => [
      ...logins,
      aLogin({ id: 'login-2', issuer: `${issuer}/2`, sessions: [readySession()] }),
    ]);
    await fake.local.set({ bindings: [{ issuer: `${issuer}/2`, ...adminRole, profile: 'theirs' }] });
    const written = background.writeBound('theirs', adminRole, 'login-2');
    await background.begun();
    background.letGo();
    expect(await written).toMatchObject({ ok: true });
    await changeLogins(memory, (logins) => logins.toSpliced(1, 1));
    await background.forget();
    expect(background.done).toEqual(['write-profiles theirs']);
  });
});

describe('a role that is forgotten', () => {
  it('leaves alone the profile that another one has taken over from it', async () => {
    const background = await worker(both());
    const saved = background.save('dev');
    await background.begun();
    background.letGo();
    await saved;
    expect(await background.save('dev', otherRole)).toMatchObject({ ok: true });
    await background.forget();
    expect(background.done).toEqual(['write-profiles dev', 'write-profiles dev']);
  });
});

describe('what goes when something is forgotten', () => {
  const run = (role: typeof adminRole) => ({
    profile: role === adminRole ? 'one' : 'two',
    roleArn: `${adminRole.roleArn}Second`,
    loginId: 'login-1',
    role,
    step: 'written',
    startedAt: 1,
  });
  const runs = async () =>
    ((await fake.session.get('chainRuns')).chainRuns as { profile: string }[]).map(({ profile }) => profile);

  it('is what was assumed from it, and nothing that comes from another role', async () => {
    await fake.session.set({ chainRuns: [run(adminRole), run(otherRole)] });
    const background = await worker(both());
    await background.forget();
    expect(await runs()).toEqual(['two']);
    await background.forgetEverything();
    expect(await runs()).toEqual([]);
  });

  it('is the login of which nothing was asked for yet, too', async () => {
    const background = await worker(aLogin());
    expect(await background.forgetEverything()).toEqual({ ok: true, value: undefined });
    expect(await background.view()).toMatchObject({ logins: [], canForget: false });
    expect(fake.session.everything()).not.toContain(aLogin().response);
  });

  it('is in the history, with what the host said', async () => {
    const history = async () => (await readHistory(memory)).filter(({ what }) => what === 'forget');
    const background = await worker(aLogin({ sessions: [readySession()] }));
    void background.save('dev');
    await background.begun();
    background.letGo();
    answer = busyFile;
    await background.forget();
    expect(await history()).toMatchObject([{ profile: 'dev', outcome: 'failed', failure: busy }]);
    answer = answerWell;
    await background.forget();
    expect(await history()).toMatchObject([{ profile: 'dev', outcome: 'done' }, { outcome: 'failed' }]);
  });

  it('goes also where that logins are to wait cannot be stored, which is said', async () => {
    const background = await worker(both());
    const full = vi.spyOn(fake.local, 'set').mockRejectedValue(new Error('QUOTA_BYTES'));
    onTestFinished(() => full.mockRestore());
    expect(await background.forgetEverything()).toEqual({
      ok: false,
      failure: failure('unexpected', { where: 'browser-storage' }),
    });
    expect(fake.session.everything()).not.toMatch(/ASIA|secret/);
  });
});

describe('a login that comes while everything is being forgotten', () => {
  it('keeps its profile, and what was assumed from it', async () => {
    const run = {
      profile: 'second',
      roleArn: `${adminRole.roleArn}Second`,
      loginId: 'login-2',
      role: adminRole,
      step: 'written',
      startedAt: 1,
    };
    await fake.session.set({ chainRuns: [run, { ...run, profile: 'gone', loginId: 'login-1' }] });
    const background = await worker(aLogin());
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'dev' }] });
    const { set } = fake.session;
    let goOn: (() => void) | undefined;
    const spy = vi.spyOn(fake.session, 'set').mockImplementationOnce(async (values) => {
      await set(values);
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
    });
    const forgotten = background.forgetEverything();
    await vi.waitFor(() => expect(goOn).toBeDefined());
    await changeLogins(memory, (logins) => [
      ...logins,
      aLogin({ id: 'login-2', sessions: [readySession()] }),
    ]);
    const written = background.writeBound('dev', adminRole, 'login-2');
    goOn?.();
    await background.begun();
    background.letGo();
    expect(await written).toMatchObject({ ok: true });
    expect(await forgotten).toMatchObject({ ok: true });
    spy.mockRestore();
    expect(background.done).toEqual(['write-profiles dev']);
    expect((await fake.session.get('chainRuns')).chainRuns).toEqual([run]);
  });
});

describe('what was written before', () => {
  it('to another profile goes too when everything is forgotten, though the worker was stopped since', async () => {
    const before = await worker(aLogin({ sessions: [readySession()] }));
    void before.save('dev');
    await before.begun();
    before.letGo();
    expect(await before.save('work')).toMatchObject({ ok: true });
    const logins = (await fake.session.get('logins')).logins as Login[];
    const background = await worker(logins[0] ?? both());
    expect(await background.forgetEverything()).toMatchObject({ ok: true });
    expect(background.done.toSorted()).toEqual(['remove-profile dev', 'remove-profile work']);
  });

  it('is known without any secret, and no more once it is out of the file', async () => {
    const background = await worker(both());
    void background.save('dev');
    await background.begun();
    background.letGo();
    await background.save('work', otherRole);
    const written = async () => (await fake.session.get('writtenProfiles')).writtenProfiles;
    expect(await written()).toEqual([
      { profile: 'dev', loginId: 'login-1', role: adminRole, issuer },
      { profile: 'work', loginId: 'login-1', role: otherRole, issuer },
    ]);
    await background.forget();
    expect(await written()).toMatchObject([{ profile: 'work' }]);
  });
});

describe('what is forgotten and cannot be taken out of the file', () => {
  /** A worker that has saved a role to `dev`, and whose host can remove nothing now. */
  async function saved(login = aLogin({ sessions: [readySession()] })) {
    const background = await worker(login);
    void background.save('dev');
    await background.begun();
    background.letGo();
    await vi.waitFor(() => expect(fake.session.everything()).toContain('"written"'));
    answer = busyFile;
    return background;
  }
  const roleIn = async ({ view }: Awaited<ReturnType<typeof worker>>) => (await view()).logins[0]?.roles[0];
  const removals = ({ done }: Awaited<ReturnType<typeof worker>>) =>
    done.filter((one) => one.startsWith('remove'));

  it.each(['forget', 'forgetEverything'] as const)(
    'keeps its place, which says why, and holds no secret any more: %s',
    async (forget) => {
      const background = await saved();
      expect(await background[forget]()).toEqual({ ok: false, failure: busy });
      expect(await roleIn(background)).toMatchObject({ state: 'forgotten', profile: 'dev', failure: busy });
      expect(await background.view()).toMatchObject({ canForget: true });
      expect(fake.session.everything()).not.toMatch(/ASIA|secret/);
    },
  );

  it.each([
    ['forget', 'forget'],
    ['forget', 'forgetEverything'],
    ['forgetEverything', 'forget'],
    ['forgetEverything', 'forgetEverything'],
  ] as const)('is asked for again the next time: %s, then %s', async (first, second) => {
    const background = await saved();
    await background[first]();
    expect(await background[second]()).toEqual({ ok: false, failure: busy });
    answer = answerWell;
    expect(await background[second]()).toEqual({ ok: true, value: undefined });
    expect(removals(background)).toEqual(['remove-profile dev', 'remove-profile dev', 'remove-profile dev']);
    expect((await background.view()).logins).toEqual([]);
    expect(await background[second]()).toEqual({ ok: true, value: undefined });
    expect(removals(background)).toHaveLength(3);
  });

  it('is asked for again after a stop of the worker', async () => {
    const before = await saved();
    await before.forgetEverything();
    const [login] = (await fake.session.get('logins')).logins as Login[];
    const background = await worker(login ?? both());
    expect(await roleIn(background)).toMatchObject({ state: 'forgotten', failure: busy });
    answer = answerWell;
    expect(await background.forgetEverything()).toEqual({ ok: true, value: undefined });
    expect(removals(background)).toEqual(['remove-profile dev']);
    expect(await background.view()).toMatchObject({ logins: [], canForget: false });
  });

  it('can be forgotten still where its login is held no more', async () => {
    const background = await saved();
    await changeLogins(memory, () => []);
    expect(await background.view()).toMatchObject({ logins: [], canForget: true });
    expect(await background.forgetEverything()).toEqual({ ok: false, failure: busy });
    expect(await background.view()).toMatchObject({ canForget: true });
    answer = answerWell;
    expect(await background.forgetEverything()).toEqual({ ok: true, value: undefined });
    expect(await background.view()).toMatchObject({ canForget: false });
  });

  it('is taken out by the next worker where the host had not answered when this one was stopped', async () => {
    const before = await saved();
    let isAsked = false;
    answer = () => {
      isAsked = true;
    };
    void before.forget();
    await vi.waitFor(() => expect(isAsked).toBe(true));
    expect(await roleIn(before)).toMatchObject({ state: 'forgotten' });
    expect(await roleIn(before)).not.toHaveProperty('failure');
    const [login] = (await fake.session.get('logins')).logins as Login[];
    const background = await worker(login ?? both());
    answer = answerWell;
    await resumeLogins(memory);
    expect(removals(background)).toEqual(['remove-profile dev']);
    expect(await background.view()).toMatchObject({ logins: [], canForget: false });
  });

  it('is all that the next worker takes out', async () => {
    await fake.session.set({
      writtenProfiles: [
        { profile: 'dev', loginId: 'login-1', role: adminRole, issuer },
        { profile: 'work', loginId: 'login-1', role: otherRole, issuer },
      ],
    });
    const delivery = { step: 'written', profile: 'work' } as const;
    const background = await worker(
      aLogin({
        roles: [adminRole, otherRole],
        sessions: [{ role: adminRole, step: 'forgotten' }, readySession({ role: otherRole, delivery })],
      }),
    );
    await resumeForgetting(memory);
    expect(removals(background)).toEqual(['remove-profile dev']);
    await resumeForgetting(memory);
    expect(removals(background)).toHaveLength(1);
  });

  it('does not keep its role from being asked for again', async () => {
    const background = await saved();
    await background.forget();
    await changeLogins(memory, (logins) => logins.map((login) => ({ ...login, redeemBefore: 0 })));
    expect(await obtain(memory, 'login-1', adminRole)).toMatchObject({
      failure: { code: 'assertion-expired' },
    });
    expect(await background.forgetEverything()).toEqual({ ok: false, failure: busy });
  });

  it('is no longer spoken of once the profile is gone without Roleferry', async () => {
    const background = await saved();
    await background.forget();
    const gone = failure('profile-not-found', { profile: 'dev' });
    answer = (request, port) => port.send({ version: 1, id: request.id, ok: false, failure: gone });
    expect(await background.forget()).toEqual({ ok: true, value: undefined });
    expect((await background.view()).logins).toEqual([]);
  });
});
