import * as v from 'valibot';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, aLogin, issuer, readySession } from '../../../test/fixtures/login.ts';
import { provider, readOnly } from '../../../test/fixtures/response-xml.ts';
import { failure } from '../../core/failure.ts';
import { settingsSchema } from '../../webext/settings-schema.ts';
import type { Login, RoleSession } from '../state/login.ts';
import { Memory } from '../state/memory.ts';
import { makeView } from './view.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => fake.reset());

async function viewOf(logins: Login[], now = Date.now()) {
  await fake.session.set({ logins });
  memory = new Memory();
  return makeView(memory, now);
}

const refusal = failure('host-not-installed');

async function roleWith(session: RoleSession, now?: number) {
  const view = await viewOf([aLogin({ sessions: [session] })], now);
  return view.logins[0]?.roles[0];
}

describe('what the popup is shown', () => {
  it('is nothing before any login', async () => {
    expect(await viewOf([])).toEqual({
      logins: [],
      settings: v.parse(settingsSchema, {}),
      accountOrigins: {},
      namesOnPage: { read: false },
      bindings: [],
      chains: [],
      left: [],
      issuers: [],
      issuerNames: {},
      changingNames: [],
      nameQuestions: [],
      profiles: [],
      configProfiles: [],
      regions: {},
      renewals: [],
      history: [],
      firstRun: { hostInstalled: false, permissionGiven: true, loginSeen: false },
      copyNewest: false,
      canForget: false,
      paused: false,
      policy: { notes: [], fixed: [], mayCopy: true, mayWrite: true, mayImport: true, signInLinks: [] },
    });
  });

  it('is every role of a login, with the account and a name for its profile', async () => {
    const login = aLogin({ roles: [adminRole, { roleArn: readOnly, providerArn: provider }] });
    expect((await viewOf([login])).logins).toEqual([
      {
        id: login.id,
        seenAt: login.seenAt,
        issuer,
        sessionName: 'jo@example.com',
        encrypted: false,
        open: true,
        roles: [
          {
            ...adminRole,
            accountId: '111122223333',
            roleName: 'Admin',
            profile: 'admin',
            suggestion: 'admin',
            fixed: false,
            bound: false,
            chained: [],
            state: 'offered',
          },
          expect.objectContaining({ roleName: 'AdminReadOnly', profile: 'adminreadonly' }),
        ],
      },
    ]);
  });

  it('is never a secret, whatever the login holds', async () => {
    const login = aLogin({ sessions: [readySession()] });
    const shown = JSON.stringify(await viewOf([login]));
    expect(shown).toContain('"ready"');
    expect(shown).not.toMatch(/secret|token|ASIA/);
    expect(shown).not.toContain(login.response);
  });

  it('is why a login is of no use', async () => {
    const reason = failure('assertion-encrypted');
    const view = await viewOf([aLogin({ failure: reason, roles: [] })]);
    expect(view.logins[0]).toMatchObject({ open: false, failure: reason });
  });

  it('is that no role can be chosen any more', async () => {
    const login = aLogin();
    expect((await viewOf([login], login.redeemBefore - 1)).logins[0]?.open).toBe(true);
    expect((await viewOf([login], login.redeemBefore)).logins[0]?.open).toBe(false);
  });

  it('is the profile that the role is bound to, for this issuer only', async () => {
    const binding = { issuer, ...adminRole, profile: 'work' };
    await fake.local.set({ bindings: [binding] });
    expect((await viewOf([aLogin()])).logins[0]?.roles[0]?.profile).toBe('work');
    const stranger = aLogin({ issuer: 'https://stranger.example/' });
    expect((await viewOf([stranger])).logins[0]?.roles[0]?.profile).toBe('admin');
  });

  it('is not taken for a login of this user when the administrator has only fixed its profile', async () => {
    fake.managed = { profiles: [{ issuer, ...adminRole, profile: 'work' }] };
    expect((await viewOf([])).firstRun.loginSeen).toBe(false);
    await fake.local.set({ fixedNames: [{ issuer, ...adminRole, profile: 'work', sessionName: 'me' }] });
    expect((await viewOf([])).firstRun.loginSeen).toBe(true);
  });

  it('says whether the login is bound to the profile that is named', async () => {
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'work' }] });
    const refused = readySession({ delivery: { step: 'failed', profile: 'prod', failure: refusal } });
    expect((await viewOf([aLogin()])).logins[0]?.roles[0]).toMatchObject({ profile: 'work', bound: true });
    expect(await roleWith(refused)).toMatchObject({ profile: 'prod', bound: false });
  });

  it('has second roles with the login that they are assumed from, also where its profile was renamed since', async () => {
    const chain = { source: 'work', roleArn: readOnly, profile: 'deploy' };
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'work' }], chains: [chain] });
    const written = readySession({ delivery: { step: 'written', profile: 'dev' } });
    expect(await roleWith(written)).toMatchObject({ profile: 'dev', chained: [chain] });
    await fake.local.set({ bindings: [] });
    expect(await roleWith(written)).toMatchObject({ chained: [] });
  });

  it('says which role the browser went into the console with', async () => {
    const [known, unknown] = (await viewOf([aLogin({ consoleRoleArn: readOnly }), aLogin({ id: 'login-2' })]))
      .logins;
    expect(known?.consoleRoleArn).toBe(readOnly);
    expect(unknown).not.toHaveProperty('consoleRoleArn');
  });

  it('names issuers that a sign-in link can be set for, and none that disguises itself', async () => {
    await fake.local.set({
      bindings: [{ issuer: 'https://b.example', ...adminRole, profile: 'work' }],
      settings: { signInLinks: { 'https://c.example': 'https://c.example/app' } },
    });
    const disguised = aLogin({ id: 'login-2', issuer: 'https://a.example‮' });
    expect((await viewOf([aLogin({ issuer: 'https://a.example' }), disguised])).issuers).toEqual([
      'https://a.example',
      'https://b.example',
      'https://c.example',
    ]);
  });

  it('survives nonsense in the storage of bindings and settings', async () => {
    await fake.local.set({ bindings: [{ profile: 1 }], settings: { format: 'cobol' } });
    expect(await viewOf([aLogin()])).toMatchObject({ settings: { format: 'bash' }, logins: [{}] });
  });
});

describe('a role is shown as', () => {
  const shortened = { asked: 43_200, granted: 3600 };
  const reason = failure('host-not-installed');

  it('being asked for', async () => {
    expect(await roleWith({ role: adminRole, step: 'exchanging' })).toMatchObject({ state: 'exchanging' });
  });

  it('refused, with the reason', async () => {
    expect(await roleWith({ role: adminRole, step: 'failed', failure: reason })).toMatchObject({
      state: 'failed',
      failure: reason,
    });
  });

  it('being asked for on its way to the profile that the user named', async () => {
    const order = { profile: 'work' };
    expect(await roleWith({ role: adminRole, step: 'exchanging', order })).toMatchObject({ profile: 'work' });
    expect(
      await roleWith({ role: adminRole, step: 'failed', failure: reason, profile: 'work' }),
    ).toMatchObject({ profile: 'work', state: 'failed' });
  });

  it.each([0, 14_400])('having been wished to last %s seconds', async (wish) => {
    expect(await roleWith(readySession())).not.toHaveProperty('wish');
    await fake.local.set({ roles: [{ issuer, ...adminRole, wish }] });
    expect(await roleWith(readySession())).toMatchObject({ wish });
  });

  it('ready, with its end and what AWS granted less', async () => {
    const session = readySession({ shortened });
    expect(await roleWith(session)).toMatchObject({
      state: 'ready',
      profile: 'admin',
      endsAt: session.endsAt,
      shortened,
    });
  });

  it('being saved, and saved, under the name that was given', async () => {
    const writing = readySession({ delivery: { step: 'writing', profile: 'work', replace: false } });
    expect(await roleWith(writing)).toMatchObject({ state: 'saving', profile: 'work' });
    const written = readySession({ delivery: { step: 'written', profile: 'work' } });
    expect(await roleWith(written)).toMatchObject({ state: 'saved', profile: 'work' });
  });

  it('ready still when it could not be saved, with the reason and the name that was tried', async () => {
    const session = readySession({ delivery: { step: 'failed', profile: 'work', failure: reason } });
    expect(await roleWith(session)).toMatchObject({ state: 'ready', profile: 'work', failure: reason });
  });

  it('under another name than its profile is for, with both names, and not as one that is saved by itself', async () => {
    await fake.local.set({ bindings: [{ issuer, ...adminRole, profile: 'work', sessionName: 'me\u202e' }] });
    const shown = { sessionName: 'jo@example.com', expectedName: 'me\ufffd', bound: false, profile: 'work' };
    expect(await roleWith(readySession())).toMatchObject(shown);
    await fake.local.set({ changingNames: [issuer] });
    expect(await roleWith(readySession())).not.toHaveProperty('expectedName');
    expect(await roleWith(readySession())).toMatchObject({ bound: true });
  });

  it('under a name that the administrator fixed, which nobody is asked about', async () => {
    fake.managed = { profiles: [{ issuer, ...adminRole, profile: 'work', sessionName: 'me' }] };
    expect(await roleWith(readySession())).toMatchObject({ expectedName: 'me', nameFixed: true });
  });

  it('expired from the very moment on', async () => {
    const session = readySession({ delivery: { step: 'written', profile: 'work' } });
    const end = session.endsAt;
    expect((await roleWith(session, end - 1))?.state).toBe('saved');
    expect((await roleWith(session, end))?.state).toBe('expired');
  });
});
