import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readySession } from '../../../test/fixtures/login.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import type { Message } from '../../webext/messages.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

const issuer = 'https://idp.rehearsal.test/metadata';
const developer = {
  roleArn: iamArn(accounts.development, 'role/Developer'),
  providerArn: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};
const binding = { issuer, ...developer, profile: 'dev' };
const link = 'https://idp.rehearsal.test/sso';

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await startSdkRehearsal();
});

afterAll(() => rehearsal?.close());

/** The worker as it starts. */
async function wake() {
  memory = new Memory();
  const [{ loginSeen, resumeLogins, applyPolicy }, { handleMessage }, { makeView }, { handleExpiry }] =
    await Promise.all([
      import('../../../test/fixtures/background.ts'),
      import('../handle-message.ts'),
      import('../shown/view.ts'),
      import('../renewal/expiry.ts'),
    ]);
  const logIn = (user = 'alice') =>
    loginSeen(memory, {
      response: rehearsal.issueResponse({ user }),
      roleIndex: undefined,
      signInHost: 'signin.aws.amazon.com',
    });
  const newest = async () => (await makeView(memory, Date.now())).logins[0];
  return {
    logIn,
    resumeLogins,
    applyPolicy,
    ask: handleMessage,
    view: () => makeView(memory, Date.now()),
    newest,
    handleExpiry,
  };
}

type Background = Awaited<ReturnType<typeof wake>>;

const allWritten = () =>
  fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles.map(({ name }) => name));
let before = 0;
/** From now on only what is written after this counts. */
const countAnew = () => {
  before = allWritten().length;
};
const written = () => allWritten().slice(before);

/** A worker after a bound login was written and everything was forgotten. */
async function forgotten(): Promise<Background> {
  await fake.local.set({ bindings: [binding], settings: { signInLinks: { [issuer]: link } } });
  const background = await wake();
  await background.logIn();
  expect(written()).toEqual(['dev']);
  expect(await background.ask(memory, { type: 'forget-everything' })).toEqual({ ok: true, value: undefined });
  countAnew();
  return background;
}

beforeEach(() => {
  fake.reset();
  countAnew();
});

describe('after everything was forgotten', () => {
  it('a login that comes by itself is not written, and the popup says so', async () => {
    const background = await forgotten();
    await background.logIn();
    expect(written()).toEqual([]);
    expect(await background.newest()).toMatchObject({ roles: [{ state: 'ready', profile: 'dev' }] });
    // What the person chose is shown as it was.
    expect(await background.view()).toMatchObject({ paused: true, settings: { behaviour: 'write' } });
  });

  it('that outlasts the worker, what it resumes, and the browser', async () => {
    const before = await forgotten();
    await before.logIn();
    const next = await wake();
    await next.resumeLogins(memory);
    await next.applyPolicy(memory);
    expect(written()).toEqual([]);
    fake.session.clear();
    const later = await wake();
    await later.logIn();
    expect(written()).toEqual([]);
  });

  it('neither is a login whose profile the administrator has fixed', async () => {
    const background = await forgotten();
    await fake.local.set({ bindings: [] });
    fake.managed = { profiles: [binding] };
    await background.logIn();
    await background.applyPolicy(memory);
    expect(written()).toEqual([]);
    expect(await background.view()).toMatchObject({ paused: true });
  });

  it('the roles of one login are not refreshed together', async () => {
    const background = await forgotten();
    const bobs = ['Admin', 'AdminReadOnly'].map((name) => ({
      ...binding,
      roleArn: iamArn(accounts.development, `role/${name}`),
      profile: name,
    }));
    await fake.local.set({ bindings: bobs });
    rehearsal.requests.length = 0;
    await background.logIn('bob');
    expect(rehearsal.requests).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('nothing is kept fresh and no second role assumed again by itself', async () => {
    const before = await forgotten();
    await before.logIn();
    const now = Date.now();
    const [login] = ((await fake.session.get('logins')).logins ?? []) as Login[];
    const endsAt = now + 60_000;
    const session = readySession({
      role: developer,
      endsAt,
      startedAt: now - 3_540_000,
      delivery: { step: 'written', profile: 'dev' },
    });
    const run = {
      profile: 'second',
      roleArn: iamArn(accounts.production, 'role/Deploy'),
      loginId: login?.id,
      role: developer,
      step: 'written',
      startedAt: now - 3_540_000,
      endsAt,
    };
    await fake.session.set({ logins: [{ ...login, sessions: [session] }], chainRuns: [run] });
    await fake.local.set({
      settings: { keepFresh: true, signInLinks: { [issuer]: link } },
      chains: [{ source: 'dev', roleArn: run.roleArn, profile: 'second' }],
    });
    fake.permissions.add('idle');
    rehearsal.requests.length = 0;
    const background = await wake();
    await background.handleExpiry(memory, now);
    expect(fake.tabs.size).toBe(0);
    expect(rehearsal.requests).toEqual([]);
    expect(written()).toEqual([]);
  });

  const newestId = async (background: Background) => (await background.newest())?.id ?? '';
  const acts: [string, (loginId: string) => Message][] = [
    [
      'saves',
      (loginId) => ({
        type: 'save',
        loginId,
        role: developer,
        profile: 'dev',
        takeOver: false,
        replace: false,
      }),
    ],
    [
      'saves many',
      (loginId) => ({ type: 'save-many', loginId, roles: [{ role: developer, profile: 'dev' }] }),
    ],
    ['chooses a role', (loginId) => ({ type: 'obtain', loginId, role: developer })],
    ['names a role', (loginId) => ({ type: 'name-role', loginId, role: developer })],
    ['renews', () => ({ type: 'renew', issuer })],
    ['says so', () => ({ type: 'write-again' })],
  ];

  it.each(acts)('logins are written again once the person %s, also what has waited', async (_, act) => {
    const background = await forgotten();
    await background.logIn();
    await background.ask(memory, act(await newestId(background)));
    await vi.waitFor(() => expect(written()).toEqual(['dev']));
    expect(await background.view()).toMatchObject({ paused: false });
    countAnew();
    await (await wake()).logIn();
    expect(written()).toEqual(['dev']);
  });

  it.each<Message>([
    { type: 'change-settings', settings: { behaviour: 'write' } },
    { type: 'env-vars', loginId: 'x', role: developer, format: 'bash' },
    { type: 'forget-role', loginId: 'x', role: developer },
    { type: 'export-settings' },
    { type: 'forget-everything' },
  ])('$type does not have logins written again', async (message) => {
    const background = await forgotten();
    await background.ask(memory, message);
    await background.logIn();
    expect(written()).toEqual([]);
  });

  it('the popup says nothing where nothing would be written by itself anyway', async () => {
    const background = await forgotten();
    await fake.local.set({ settings: { behaviour: 'ask' } });
    expect(await background.view()).toMatchObject({ paused: false });
    await fake.local.set({ settings: {}, bindings: [] });
    expect(await background.view()).toMatchObject({ paused: false });
  });
});

describe('forgetting everything', () => {
  it('keeps a login from being written that comes while it goes on', async () => {
    await fake.local.set({ bindings: [binding] });
    const background = await wake();
    await background.logIn();
    countAnew();
    const forgetting = background.ask(memory, { type: 'forget-everything' });
    await Promise.all([background.logIn(), forgetting]);
    expect(written()).toEqual([]);
  });

  it('forgets all the same where the disk is full, and says that logins may be written again', async () => {
    await fake.local.set({ bindings: [binding] });
    const background = await wake();
    await background.logIn();
    const { set } = fake.local;
    const full = vi.spyOn(fake.local, 'set').mockImplementation(async (values) => {
      if ('paused' in values) throw new Error('QUOTA_BYTES');
      await set(values);
    });
    expect(await background.ask(memory, { type: 'forget-everything' })).toMatchObject({
      failure: { code: 'unexpected' },
    });
    full.mockRestore();
    expect((await background.view()).logins).toEqual([]);
    expect(fake.asked('remove-profile')).toHaveLength(1);
  });
});
