import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import {
  answerOfNewHost,
  answerWell,
  type FakePort,
  type HostRequest,
} from '../../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { saying } from '../../../test/fixtures/said.ts';
import { soon } from '../../../test/soon.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { requestSchema } from '../../core/protocol/requests.ts';
import { makeView } from '../shown/view.ts';
import { readHistory } from '../state/history.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { deliver, deliverAll } from './deliver.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

/** Starts the background with these logins and bindings. */
async function start(logins: Login[], bindings: { roleArn: string; profile: string }[] = []) {
  await fake.session.set({ logins });
  await fake.local.set({
    bindings: bindings.map((binding) => ({ issuer, providerArn: adminRole.providerArn, ...binding })),
  });
  memory = new Memory();
}

beforeEach(async () => {
  fake.reset();
  await start([aLogin({ sessions: [readySession()] })]);
});

const save = (profile: string, said: { takeOver?: boolean; replace?: boolean; newName?: boolean } = {}) =>
  deliver(memory, 'login-1', adminRole, { profile, ...said });

const stored = async () => ((await fake.session.get('logins')).logins as Login[])[0]?.sessions[0];
const bindings = async () =>
  (await fake.local.get('bindings')).bindings as { roleArn: string; profile: string }[];

/** The host answers that the profile cannot be written. */
const refuses = (reason: Failure) => (request: HostRequest, port: FakePort) => {
  const profiles = request.profiles?.map(({ name }) => ({ name, ok: false, failure: reason }));
  port.send({ version: 1, id: request.id, ok: true, value: { credentialsFile: '/f', profiles } });
};

describe('saving a profile', () => {
  it('hands the host the credentials and binds the role to the profile', async () => {
    expect(await save('dev')).toEqual({ ok: true, value: undefined });
    const [request, ...others] = fake.asked('write-profiles');
    expect(others).toEqual([]);
    expect(v.is(requestSchema, request)).toBe(true);
    const { credentials, principalArn } = readySession();
    expect(request?.profiles).toMatchObject([
      { name: 'dev', principalArn, credentials: { accessKeyId: credentials?.accessKeyId } },
    ]);
    expect(await stored()).toMatchObject({ delivery: { step: 'written', profile: 'dev' } });
    expect(await bindings()).toEqual([
      { issuer, ...adminRole, profile: 'dev', sessionName: 'jo@example.com' },
    ]);
  });

  it('tells a host that has a use for it which login the credentials are of, after a stop of the worker too', async () => {
    fake.answer = answerOfNewHost;
    expect(await save('dev')).toMatchObject({ ok: true });
    await start([aLogin({ sessions: [readySession()] })]);
    expect(await save('dev')).toMatchObject({ ok: true });
    const requests = fake.asked('write-profiles');
    expect(requests.every((request) => v.is(requestSchema, request))).toBe(true);
    const source = { issuer, providerArn: adminRole.providerArn };
    expect(requests.map(({ profiles }) => profiles?.[0]?.source)).toEqual([source, source]);
  });

  it('tells an older host nothing that it would refuse', async () => {
    await save('dev');
    expect(fake.asked('write-profiles')[0]?.profiles?.[0]).not.toHaveProperty('source');
  });

  it('tells of no login whose issuer has a name longer than SAML allows, so that the others are written', async () => {
    fake.answer = answerOfNewHost;
    await start([aLogin({ issuer: 'x'.repeat(1025), sessions: [readySession()] })]);
    expect(await save('dev')).toMatchObject({ ok: true });
    const [request] = fake.asked('write-profiles');
    expect(v.is(requestSchema, request)).toBe(true);
    expect(request?.profiles?.[0]).not.toHaveProperty('source');
  });

  it('keeps what the host says beside it for the popup to show, until it is written again without that', async () => {
    const warnings = [failure('file-not-for-aws-cli', { file: 'F', reason: 'byte-order-mark' })];
    fake.answer = (request, port) => {
      const profiles = request.profiles?.map(({ name }) => ({ name, ok: true, warnings }));
      port.send({ version: 1, id: request.id, ok: true, value: { credentialsFile: '/f', profiles } });
    };
    expect(await save('dev')).toEqual({ ok: true, value: undefined });
    expect(await stored()).toMatchObject({ delivery: { step: 'written', profile: 'dev', warnings } });
    expect((await makeView(memory, Date.now())).logins[0]?.roles[0]).toMatchObject({
      state: 'saved',
      warnings,
    });
    fake.answer = undefined;
    await save('dev');
    expect((await makeView(memory, Date.now())).logins[0]?.roles[0]).not.toHaveProperty('warnings');
  });

  it('is seen to be under way until the host has answered', async () => {
    let underWay: unknown;
    fake.answer = async (request, port) => {
      underWay = await stored();
      refuses(failure('file-busy', { file: 'f' }))(request, port);
    };
    await save('dev', { replace: true });
    expect(underWay).toMatchObject({ delivery: { step: 'writing', profile: 'dev', replace: true } });
  });

  it('asks the host only when it is stored that this is under way', async () => {
    const { set } = fake.browser.storage.session;
    const storing: (() => void)[] = [];
    const slow = vi.spyOn(fake.browser.storage.session, 'set').mockImplementationOnce(async (values) => {
      await new Promise<void>((resolve) => storing.push(resolve));
      return set(values);
    });
    const saving = save('dev');
    await expect.poll(() => storing.length, soon).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(fake.asked('write-profiles')).toEqual([]);
    storing[0]?.();
    expect(await saving).toMatchObject({ ok: true });
    slow.mockRestore();
  });

  it('that a binding asks for does not wait for the storage', async () => {
    await start([aLogin({ sessions: [readySession()] })], [{ ...adminRole, profile: 'dev' }]);
    let goOn: (() => void) | undefined;
    const { set } = fake.browser.storage.session;
    const slow = vi.spyOn(fake.browser.storage.session, 'set').mockImplementationOnce(async (values) => {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      return set(values);
    });
    const written = deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    await expect.poll(() => fake.asked('write-profiles').length, soon).toBe(1);
    expect(fake.session.everything()).not.toContain('"writing"');
    goOn?.();
    expect(await written).toMatchObject({ ok: true });
    slow.mockRestore();
  });

  it('brings the region that the user chose, and none where they chose none', async () => {
    await save('dev');
    await fake.local.set({ settings: { region: 'eu-west-1' } });
    await start([aLogin({ sessions: [readySession()] })]);
    await save('dev');
    const [without, chosen] = fake.asked('write-profiles').map(({ profiles }) => profiles?.[0]);
    expect(without).not.toHaveProperty('region');
    expect(chosen).toHaveProperty('region', 'us-east-1');
  });

  it.each([
    ['brings the region that the administrator set', 'eu-central-1', 'eu-central-1'],
    ['brings none of another partition', 'cn-north-1', 'us-west-2'],
  ])('%s, whatever was asked for', async (_, region, brought) => {
    fake.managed = { region };
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', region: 'us-west-2' });
    expect(fake.asked('write-profiles')).toMatchObject([{ profiles: [{ region: brought }] }]);
  });

  it.each([
    ['its own region where it has one', { region: 'us-west-1' }, 'us-west-1'],
    ['none where it was made on demand, since it has one already', { onDemand: true }, undefined],
  ])('brings %s, whatever STS is asked in', async (_, of, brought) => {
    await fake.local.set({ settings: { region: 'eu-west-1' } });
    await start([aLogin({ sessions: [readySession()] })], [{ ...adminRole, profile: 'dev', ...of }]);
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    const [write] = fake.asked('write-profiles')[0]?.profiles ?? [];
    expect((write as { region?: string } | undefined)?.region).toBe(brought);
  });

  it('keeps the region that the user gave, and tells the host what they said yes to and no more', async () => {
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', region: 'us-west-2', takeOver: true });
    expect(await bindings()).toMatchObject([{ profile: 'dev', region: 'us-west-2' }]);
    await save('dev');
    const [first, second] = fake.asked('write-profiles').map(({ profiles }) => profiles?.[0]);
    expect(first).toMatchObject({ takeOver: true });
    expect(first).not.toHaveProperty('replace');
    expect(second).not.toHaveProperty('takeOver');
  });

  it('takes the profile from a second role only where the user said so', async () => {
    const chain = { source: 'base', roleArn: 'arn:aws:iam::444455556666:role/Audit', profile: 'dev' };
    const run = { ...chain, loginId: 'x', role: adminRole, step: 'failed', startedAt: 1 };
    await fake.local.set({ chains: [chain] });
    await fake.session.set({ chainRuns: [run] });
    memory = new Memory();
    expect(await save('dev')).toMatchObject({ failure: { code: 'profile-bound-elsewhere' } });
    expect((await fake.local.get('chains')).chains).toEqual([chain]);
    expect(await save('dev', { takeOver: true })).toMatchObject({ ok: true });
    expect((await fake.local.get('chains')).chains).toEqual([]);
    expect((await fake.session.get('chainRuns')).chainRuns).toEqual([]);
  });

  it('is refused where nothing is to be saved, and that is noted once', async () => {
    await fake.local.set({ settings: { behaviour: 'never' } });
    await start([aLogin({ sessions: [readySession()] })]);
    expect(await save('dev')).toMatchObject({ failure: { code: 'writing-off' } });
    expect(fake.asked('write-profiles')).toEqual([]);
    expect(await readHistory(memory)).toMatchObject([{ what: 'write', profile: 'dev' }]);
  });

  it('is refused at once, though another one is just being written', async () => {
    fake.answer = (request, port) => {
      if (request.type !== 'write-profiles') answerWell(request, port);
    };
    void save('dev');
    await expect.poll(() => fake.asked('write-profiles').length, soon).toBe(1);
    expect(await save('a b')).toMatchObject({ failure: { code: 'profile-name-invalid' } });
  });

  it('leaves on the disk what became of it where it was done or bound, and in memory what was refused', async () => {
    const kept = async (area: typeof fake.local) =>
      ((await area.get('history')).history ?? []) as { profile: string; outcome: string }[];
    await save('a b');
    expect(await kept(fake.local)).toEqual([]);
    expect(await kept(fake.session)).toMatchObject([{ profile: 'a b', outcome: 'failed' }]);
    await save('dev');
    fake.answer = refuses(failure('file-busy', { file: 'f' }));
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    expect(await kept(fake.local)).toMatchObject([
      { profile: 'dev', outcome: 'failed' },
      { profile: 'dev', outcome: 'done' },
    ]);
    expect(await kept(fake.session)).toHaveLength(1);
  });

  it('keeps no secret outside the memory of the session', async () => {
    await save('dev');
    expect(fake.local.everything()).not.toMatch(/secret|token|ASIA/);
  });

  it('shows a refusal of the host, binds nothing, and may be tried again', async () => {
    const reason = failure('profile-long-lived', { profile: 'dev', found: 'long-lived-key' });
    fake.answer = refuses(reason);
    expect(await save('dev')).toEqual({ ok: false, failure: reason });
    expect(await stored()).toMatchObject({ delivery: { step: 'failed', profile: 'dev', failure: reason } });
    expect(await bindings()).toEqual([]);
    fake.answer = undefined;
    expect(await save('dev', { replace: true })).toMatchObject({ ok: true });
    expect(fake.asked('write-profiles').map(({ profiles }) => profiles?.[0]?.replace)).toEqual([
      undefined,
      true,
    ]);
    expect(await stored()).toMatchObject({ delivery: { step: 'written' } });
  });

  it('is not said to be done when the browser cannot store the binding, and may be tried again', async () => {
    const { set } = fake.browser.storage.local;
    const full = vi.spyOn(fake.browser.storage.local, 'set').mockImplementation((values) => {
      return 'bindings' in values ? Promise.reject(new Error('the disk is full')) : set(values);
    });
    const reason = failure('unexpected', { where: 'browser-storage' });
    try {
      expect(await save('dev')).toEqual({ ok: false, failure: reason });
      expect(await stored()).toMatchObject({
        step: 'ready',
        credentials: { accessKeyId: readySession().credentials?.accessKeyId },
        delivery: { step: 'failed', profile: 'dev', failure: reason },
      });
      expect(await bindings()).toEqual([]);
    } finally {
      full.mockRestore();
    }
    expect(await save('dev')).toMatchObject({ ok: true });
    expect(await bindings()).toMatchObject([{ profile: 'dev' }]);
    expect(await stored()).toMatchObject({ delivery: { step: 'written', profile: 'dev' } });
  });

  it('shows that there is no host, and keeps the credentials for another try', async () => {
    fake.answer = (_, port) => fake.drop(port, 'Specified native messaging host not found.');
    expect(await save('dev')).toMatchObject({ failure: { code: 'host-not-installed' } });
    expect(await stored()).toMatchObject({
      credentials: { accessKeyId: expect.any(String) },
      delivery: { step: 'failed', failure: { code: 'host-not-installed' } },
    });
    fake.answer = undefined;
    expect(await save('dev')).toMatchObject({ ok: true });
  });

  it('does not take an answer about other profiles for its own', async () => {
    fake.answer = (request, port) => {
      const profiles = [{ name: 'other', ok: true }];
      port.send({ version: 1, id: request.id, ok: true, value: { credentialsFile: '/f', profiles } });
    };
    expect(await save('dev')).toMatchObject({ failure: { code: 'host-answer-invalid' } });
    expect(await bindings()).toEqual([]);
  });

  it.each(['', 'a b', 'a\nb', '__proto__'])('never troubles the host with the name %j', async (name) => {
    expect(await save(name, { takeOver: true, replace: true })).toMatchObject({
      failure: { code: 'profile-name-invalid' },
    });
    expect(fake.ports).toEqual([]);
    expect(await stored()).toMatchObject({ delivery: { step: 'failed' } });
  });

  it('is refused once the credentials are gone, or when there never were any', async () => {
    const login = aLogin({ sessions: [readySession({ credentials: undefined })] });
    await start([login]);
    expect(await save('dev')).toMatchObject({ ok: false });
    await start([aLogin({ sessions: [readySession({ endsAt: Date.now() - 1 })] })]);
    expect(await save('dev')).toMatchObject({ failure: { code: 'credentials-expired' } });
    await start([aLogin({ sessions: [{ role: adminRole, step: 'exchanging' }] })]);
    expect(await save('dev')).toMatchObject({ ok: false });
    await start([]);
    expect(await save('dev')).toMatchObject({ ok: false });
    expect(fake.ports).toEqual([]);
  });

  it('remembers nothing of how long a session lasts where none was cut short', async () => {
    await save('dev');
    expect((await fake.local.get('roles')).roles).toBeUndefined();
  });

  it('remembers how long the role lets a session last, so that no longer one is asked for next time', async () => {
    await start([aLogin({ sessions: [readySession({ shortened: { asked: 43_200, granted: 14_400 } })] })]);
    await save('dev');
    expect((await fake.local.get('roles')).roles).toMatchObject([{ issuer, ...adminRole, maximum: 14_400 }]);
  });
});

describe('a profile that belongs to another role', () => {
  const other = { roleArn: 'arn:aws:iam::444455556666:role/Operator', profile: 'prod' };
  const mine = { roleArn: adminRole.roleArn, profile: 'dev' };

  beforeEach(() => start([aLogin({ sessions: [readySession()] })], [other, mine]));

  it('is not written, and the refusal says whose it is', async () => {
    expect(await save('prod', { replace: true })).toMatchObject({
      failure: saying('profile-bound-elsewhere', 'belongs to account 4444-5555-6666, role Operator'),
    });
    expect(fake.ports).toEqual([]);
    expect(await stored()).toMatchObject({ delivery: { step: 'failed', profile: 'prod' } });
    expect(await bindings()).toMatchObject([other, mine]);
  });

  it('is written when the user says that it is taken over, and belongs to one role after that', async () => {
    expect(await save('prod', { takeOver: true })).toMatchObject({ ok: true });
    expect(await bindings()).toEqual([
      { issuer, ...adminRole, profile: 'prod', sessionName: 'jo@example.com' },
    ]);
  });

  it('stays with the other role when it could not be written', async () => {
    fake.answer = refuses(failure('file-busy', { file: 'f' }));
    await save('prod', { takeOver: true });
    expect(await bindings()).toMatchObject([other, mine]);
  });
});

it('a role whose profile another login has taken over is not shown as saved there any more', async () => {
  const other = { ...adminRole, roleArn: `${adminRole.roleArn}Two` };
  const theirs = aLogin({ id: 'login-2', roles: [other], sessions: [readySession({ role: other })] });
  await start([aLogin({ sessions: [readySession()] }), theirs]);
  await save('dev');
  expect(await deliver(memory, 'login-2', other, { profile: 'dev', takeOver: true })).toMatchObject({
    ok: true,
  });
  expect(await stored()).toMatchObject({ step: 'ready', delivery: { step: 'none' } });
});

describe('two logins that are saved to one profile, the second while the first is being written', () => {
  const other = { ...adminRole, roleArn: `${adminRole.roleArn}Two` };
  const principalArn = 'arn:aws:sts::111122223333:assumed-role/AdminTwo/jo@example.com';
  const both = () => [
    aLogin({ sessions: [readySession()] }),
    aLogin({ id: 'login-2', roles: [other], sessions: [readySession({ role: other, principalArn })] }),
  ];

  /** Lets the host answer the first write once `second` has begun, and gives what became of that. */
  async function meanwhile<T>(first: () => Promise<unknown>, second: () => Promise<T>): Promise<T> {
    let goOn: (() => void) | undefined;
    fake.answer = (request, port) => {
      if (request.type === 'write-profiles' && goOn === undefined) goOn = () => answerWell(request, port);
      else answerWell(request, port);
    };
    const firstDone = first();
    await vi.waitFor(() => expect(goOn).toBeDefined());
    const secondDone = second();
    await vi.waitFor(() => expect(fake.session.everything().match(/"writing"/g)).toHaveLength(2));
    goOn?.();
    await firstDone;
    return secondDone;
  }
  const written = () => fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles);

  it('are told that it is the first one’s, and do not write over each other', async () => {
    await start(both());
    const result = await meanwhile(
      () => save('dev'),
      () => deliver(memory, 'login-2', other, { profile: 'dev' }),
    );
    expect(result).toMatchObject({ ok: false, failure: { code: 'profile-bound-elsewhere' } });
    expect(written()).toHaveLength(1);
    expect(await bindings()).toMatchObject([{ roleArn: adminRole.roleArn, profile: 'dev' }]);
  });

  it('leave it to the one that takes it over from the binding of the other', async () => {
    await start(both(), [{ roleArn: adminRole.roleArn, profile: 'dev' }]);
    const result = await meanwhile(
      () => deliver(memory, 'login-2', other, { profile: 'dev', takeOver: true }),
      () => deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true }),
    );
    expect(result).toMatchObject({ ok: false, failure: { code: 'profile-bound-elsewhere' } });
    expect(written()).toMatchObject([{ name: 'dev', principalArn }]);
  });
});

describe('a profile that is for somebody else’s name', () => {
  const mine = { roleArn: adminRole.roleArn, profile: 'dev', sessionName: 'me@example.com' };
  const asked = {
    code: 'session-name-changed',
    params: { profile: 'dev', known: 'me@example.com', given: 'jo@example.com' },
  };
  const only = () => fake.local.everything();
  const startWith = (change: object = {}) =>
    start([aLogin({ sessions: [readySession()] })], [{ ...mine, ...change }]);

  beforeEach(() => startWith());

  it('is written neither by its binding nor by Save, and the refusal has both names', async () => {
    const byBinding = await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    expect(byBinding).toMatchObject({ failure: asked });
    expect(await save('dev')).toMatchObject({ failure: asked });
    expect(await save('dev', { takeOver: true, replace: true })).toMatchObject({ failure: asked });
    expect(fake.ports).toEqual([]);
    expect(await bindings()).toMatchObject([mine]);
    expect(await stored()).toMatchObject({ delivery: { step: 'failed', profile: 'dev', failure: asked } });
  });

  it('is not left for another one by a Save without a yes to the name', async () => {
    expect(await save('other')).toMatchObject({ failure: asked });
    expect(await bindings()).toMatchObject([mine]);
  });

  it('is written when the user says that this is the name from now on, and asks about the old one then', async () => {
    expect(await save('dev', { newName: true })).toMatchObject({ ok: true });
    expect(await bindings()).toMatchObject([{ profile: 'dev', sessionName: 'jo@example.com' }]);
    const principalArn = 'arn:aws:sts::111122223333:assumed-role/Admin/me@example.com';
    await start([aLogin({ sessions: [readySession({ principalArn })] })], await bindings());
    expect(await save('dev')).toMatchObject({ failure: { code: 'session-name-changed' } });
  });

  it('keeps its old name when the new one could not be written', async () => {
    fake.answer = refuses(failure('file-busy', { file: 'f' }));
    expect(await save('dev', { newName: true })).toMatchObject({ ok: false });
    expect(await bindings()).toMatchObject([mine]);
  });

  it('says so of names that differ in case alone', async () => {
    await startWith({ sessionName: 'Jo@example.com' });
    expect(await save('dev')).toMatchObject({ failure: { code: 'session-name-changed' } });
  });

  it('does not take the assertion’s own word for the name', async () => {
    await start([aLogin({ sessionName: 'me@example.com', sessions: [readySession()] })], [mine]);
    expect(await save('dev')).toMatchObject({ failure: asked });
  });

  it('leaves nothing of the other person on the disk', async () => {
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    expect(only()).not.toContain('jo@example.com');
    expect(fake.session.everything()).toContain('jo@example.com');
  });

  it('is in the history with the name of each login, refused or written', async () => {
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    await save('dev', { newName: true });
    const sessionName = 'jo@example.com';
    expect(await readHistory(memory)).toMatchObject([
      { what: 'write', outcome: 'done', profile: 'dev', sessionName },
      { what: 'write', outcome: 'failed', profile: 'dev', sessionName, failure: asked },
    ]);
  });

  it('is written under any name where names change at each login, and keeps the last', async () => {
    await fake.local.set({ changingNames: [issuer] });
    expect(await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true })).toMatchObject({
      ok: true,
    });
    expect(await bindings()).toMatchObject([{ sessionName: 'jo@example.com' }]);
    await fake.local.set({ changingNames: [] });
    await startWith({ sessionName: 'yesterday' });
    expect(await save('dev')).toMatchObject({ ok: false });
  });

  it('takes the first name that it sees where none was known, and only once it is written', async () => {
    await start([aLogin({ sessions: [readySession()] })], [{ roleArn: adminRole.roleArn, profile: 'dev' }]);
    fake.answer = refuses(failure('file-busy', { file: 'f' }));
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    expect(only()).not.toContain('sessionName":"jo@example.com","profile');
    expect((await bindings())[0]).not.toHaveProperty('sessionName');
    fake.answer = undefined;
    await start([aLogin({ sessions: [readySession()] })], await bindings());
    await deliver(memory, 'login-1', adminRole, { profile: 'dev', byBinding: true });
    expect(await bindings()).toMatchObject([{ profile: 'dev', sessionName: 'jo@example.com' }]);
  });

  it('is for a name of its own in each container of Firefox', async () => {
    const containers = ['firefox-container-1', 'firefox-container-2'] as const;
    const [one, two] = containers;
    const logins = containers.map((container) =>
      aLogin({ id: container, container, sessions: [readySession()] }),
    );
    await start(logins, [
      { ...mine, ...{ container: one } },
      { ...mine, ...{ container: two, profile: 'two', sessionName: 'jo@example.com' } },
    ]);
    const results = await Promise.all([
      deliver(memory, one, adminRole, { profile: 'dev', byBinding: true }),
      deliver(memory, two, adminRole, { profile: 'two', byBinding: true }),
    ]);
    expect(results).toMatchObject([{ failure: asked }, { ok: true }]);
  });

  it('lets go of the old name’s credentials in memory once the new name is accepted', async () => {
    const principalArn = 'arn:aws:sts::111122223333:assumed-role/Admin/me@example.com';
    const delivery = { step: 'written', profile: 'dev' } as const;
    const old = aLogin({ id: 'old', redeemBefore: 0, sessions: [readySession({ principalArn, delivery })] });
    await start([aLogin({ sessions: [readySession()] }), old], [mine]);
    await save('dev', { newName: true });
    expect((await fake.session.get('logins')).logins).toMatchObject([{ id: 'login-1' }]);
  });
});

describe('a profile that the administrator fixed', () => {
  const fixed = { issuer, ...adminRole, profile: 'dev' };
  const stranger = 'arn:aws:sts::111122223333:assumed-role/Admin/sam@example.com';
  const logins = () => [
    aLogin({ sessions: [readySession()] }),
    aLogin({ id: 'login-2', sessions: [readySession({ principalArn: stranger })] }),
  ];
  const byBinding = { profile: 'dev', byBinding: true };

  it('is for the first name that was written, until the user accepts another one', async () => {
    fake.managed = { profiles: [fixed] };
    await start(logins());
    expect(await deliver(memory, 'login-1', adminRole, byBinding)).toMatchObject({ ok: true });
    expect(await deliver(memory, 'login-2', adminRole, byBinding)).toMatchObject({
      failure: { code: 'session-name-changed' },
    });
    expect(await deliver(memory, 'login-2', adminRole, { profile: 'dev', newName: true })).toMatchObject({
      ok: true,
    });
    expect(await deliver(memory, 'login-2', adminRole, byBinding)).toMatchObject({ ok: true });
  });

  it('is for exactly the name that the administrator gave, whatever the user says', async () => {
    fake.managed = { profiles: [{ ...fixed, sessionName: 'jo@example.com' }] };
    await start(logins());
    await fake.local.set({ changingNames: [issuer] });
    const refused = { failure: { code: 'policy-session-name' } };
    expect(await deliver(memory, 'login-2', adminRole, byBinding)).toMatchObject(refused);
    expect(await deliver(memory, 'login-2', adminRole, { profile: 'dev', newName: true })).toMatchObject(
      refused,
    );
    expect(fake.local.everything()).not.toContain('sam@example.com');
    expect(await deliver(memory, 'login-1', adminRole, byBinding)).toMatchObject({ ok: true });
  });
});

describe('a save while the administrator’s policy has not come', () => {
  it('is kept until it has, and of a role without credentials nothing is', async () => {
    const asking = {
      role: { ...adminRole, roleArn: `${adminRole.roleArn}Two` },
      step: 'exchanging',
    } as const;
    await start([aLogin({ sessions: [readySession(), asking] })]);
    await fake.local.set({ policy: JSON.stringify({ allowedPartitions: ['aws'] }) });
    const saved = deliverAll(memory, [
      { loginId: 'login-1', role: adminRole, order: { profile: 'dev', replace: true } },
      { loginId: 'login-1', role: asking.role, order: { profile: 'look' } },
    ]);
    await expect.poll(stored, soon).toMatchObject({
      delivery: { step: 'writing', profile: 'dev', replace: true },
    });
    const [login] = (await fake.session.get('logins')).logins as Login[];
    expect(login?.sessions[1]).toEqual(asking);
    expect(fake.ports).toEqual([]);
    fake.managed = { allowedPartitions: ['aws'] };
    expect(await saved).toMatchObject([{ ok: true }, { failure: { code: 'credentials-expired' } }]);
    expect(await stored()).toMatchObject({ delivery: { step: 'written', profile: 'dev' } });
  });
});
