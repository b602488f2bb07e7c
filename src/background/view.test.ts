import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, aLogin, issuer, readySession } from '../../test/fixtures/login.ts';
import { provider, readOnly } from '../../test/fixtures/response-xml.ts';
import { failure } from '../core/failure.ts';
import type { Login, RoleSession } from './login.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('./browser.ts', () => ({ browser: fake.browser }));

beforeEach(() => fake.reset());

async function viewOf(logins: Login[], now = Date.now()) {
  await fake.session.set({ logins });
  vi.resetModules();
  const { makeView } = await import('./view.ts');
  return makeView(now);
}

async function roleWith(session: RoleSession, now?: number) {
  const view = await viewOf([aLogin({ sessions: [session] })], now);
  return view.logins[0]?.roles[0];
}

describe('what the popup is shown', () => {
  it('is nothing before any login', async () => {
    expect(await viewOf([])).toEqual({
      logins: [],
      format: 'bash',
      bindings: [],
      policy: { notes: [], mayCopy: true, mayWrite: true, signInLinks: [] },
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

  it('survives nonsense in the storage of bindings and settings', async () => {
    await fake.local.set({ bindings: [{ profile: 1 }], settings: { format: 'cobol' } });
    expect(await viewOf([aLogin()])).toMatchObject({ format: 'bash', logins: [{}] });
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

  it('expired from the very moment on', async () => {
    const session = readySession({ delivery: { step: 'written', profile: 'work' } });
    const end = session.endsAt;
    expect((await roleWith(session, end - 1))?.state).toBe('saved');
    expect((await roleWith(session, end))?.state).toBe('expired');
  });
});
