import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readySession } from '../../../test/fixtures/login.ts';
import { startSdkRehearsal } from '../../../test/fixtures/sdk-rehearsal.ts';
import type { Rehearsal } from '../../../test/rehearsal/server.ts';
import { accounts, iamArn } from '../../../test/rehearsal/world.ts';
import type { Message } from '../../webext/messages.ts';
import { handleMessage } from '../handle-message.ts';
import { applyPolicy } from '../login/apply-policy.ts';
import { resumeLogins } from '../login/resume.ts';
import { loginSeen } from '../login/take-up.ts';
import { handleExpiry } from '../renewal/expiry.ts';
import { makeView } from '../shown/view.ts';
import type { Login } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { endPause, isPaused, pauseWriting } from './pause.ts';

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
function wake() {
  memory = new Memory();
}

const logIn = (user = 'alice') =>
  loginSeen(memory, {
    response: rehearsal.issueResponse({ user }),
    roleIndex: undefined,
    signInHost: 'signin.aws.amazon.com',
  });
const ask = (message: Message) => handleMessage(memory, message);
const view = () => makeView(memory, Date.now());
const newest = async () => (await view()).logins[0];

const allWritten = () =>
  fake.asked('write-profiles').flatMap(({ profiles = [] }) => profiles.map(({ name }) => name));
let before = 0;
/** From now on only what is written after this counts. */
const countAnew = () => {
  before = allWritten().length;
};
const written = () => allWritten().slice(before);

/** A worker after a bound login was written and everything was forgotten. */
async function forgotten(): Promise<void> {
  await fake.local.set({ bindings: [binding], settings: { signInLinks: { [issuer]: link } } });
  wake();
  await logIn();
  expect(written()).toEqual(['dev']);
  expect(await ask({ type: 'forget-everything' })).toEqual({ ok: true, value: undefined });
  countAnew();
}

beforeEach(() => {
  fake.reset();
  countAnew();
});

describe('after everything was forgotten', () => {
  it('a login that comes by itself is not written, and the popup says so', async () => {
    await forgotten();
    await logIn();
    expect(written()).toEqual([]);
    expect(await newest()).toMatchObject({ roles: [{ state: 'ready', profile: 'dev' }] });
    // What the user chose is shown as it was.
    expect(await view()).toMatchObject({ paused: true, settings: { behaviour: 'write' } });
  });

  it('that outlasts the worker, what it resumes, and the browser', async () => {
    await forgotten();
    await logIn();
    wake();
    await resumeLogins(memory);
    await applyPolicy(memory);
    expect(written()).toEqual([]);
    fake.session.clear();
    wake();
    await logIn();
    expect(written()).toEqual([]);
  });

  it('neither is a login whose profile the administrator has fixed', async () => {
    await forgotten();
    await fake.local.set({ bindings: [] });
    fake.managed = { profiles: [binding] };
    await logIn();
    await applyPolicy(memory);
    expect(written()).toEqual([]);
    expect(await view()).toMatchObject({ paused: true });
  });

  it('the roles of one login are not refreshed together', async () => {
    await forgotten();
    const bobs = ['Admin', 'AdminReadOnly'].map((name) => ({
      ...binding,
      roleArn: iamArn(accounts.development, `role/${name}`),
      profile: name,
    }));
    await fake.local.set({ bindings: bobs });
    rehearsal.requests.length = 0;
    await logIn('bob');
    expect(rehearsal.requests).toEqual([]);
    expect(written()).toEqual([]);
  });

  it('nothing is kept fresh and no second role assumed again by itself', async () => {
    await forgotten();
    await logIn();
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
    wake();
    await handleExpiry(memory, now);
    expect(fake.tabs.size).toBe(0);
    expect(rehearsal.requests).toEqual([]);
    expect(written()).toEqual([]);
  });

  const newestId = async () => (await newest())?.id ?? '';
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

  it.each(acts)('logins are written again once the user %s, also what has waited', async (_, act) => {
    await forgotten();
    await logIn();
    await ask(act(await newestId()));
    await vi.waitFor(() => expect(written()).toEqual(['dev']));
    expect(await view()).toMatchObject({ paused: false });
    countAnew();
    wake();
    await logIn();
    expect(written()).toEqual(['dev']);
  });

  it.each<Message>([
    { type: 'change-settings', settings: { behaviour: 'write' } },
    { type: 'env-vars', loginId: 'x', role: developer, format: 'bash' },
    { type: 'forget-role', loginId: 'x', role: developer },
    { type: 'export-settings' },
    { type: 'forget-everything' },
  ])('$type does not have logins written again', async (message) => {
    await forgotten();
    await ask(message);
    await logIn();
    expect(written()).toEqual([]);
  });

  it('the popup says nothing where nothing would be written by itself anyway', async () => {
    await forgotten();
    await fake.local.set({ settings: { behaviour: 'ask' } });
    expect(await view()).toMatchObject({ paused: false });
    await fake.local.set({ settings: {}, bindings: [] });
    expect(await view()).toMatchObject({ paused: false });
  });
});

it('the pause lasts from when it is asked for until it is ended, which it is once', async () => {
  wake();
  expect(await isPaused(memory)).toBe(false);
  expect(await endPause(memory)).toBe(false);
  const stored = pauseWriting(memory);
  expect(await isPaused(memory)).toBe(true);
  await stored;
  wake();
  expect(await isPaused(memory)).toBe(true);
  expect(await endPause(memory)).toBe(true);
  expect(await isPaused(memory)).toBe(false);
  wake();
  expect(await endPause(memory)).toBe(false);
});

describe('forgetting everything', () => {
  it('keeps a login from being written that comes while it goes on', async () => {
    await fake.local.set({ bindings: [binding] });
    wake();
    await logIn();
    countAnew();
    const forgetting = ask({ type: 'forget-everything' });
    await Promise.all([logIn(), forgetting]);
    expect(written()).toEqual([]);
  });

  it('forgets all the same where the disk is full, and says that logins may be written again', async () => {
    await fake.local.set({ bindings: [binding] });
    wake();
    await logIn();
    const { set } = fake.local;
    const full = vi.spyOn(fake.local, 'set').mockImplementation(async (values) => {
      if ('paused' in values) throw new Error('QUOTA_BYTES');
      await set(values);
    });
    expect(await ask({ type: 'forget-everything' })).toMatchObject({
      failure: { code: 'unexpected' },
    });
    full.mockRestore();
    expect((await view()).logins).toEqual([]);
    expect(fake.asked('remove-profile')).toHaveLength(1);
  });
});
