import { beforeEach, describe, expect, it, vi } from 'vitest';
import { answerWell } from '../../test/fixtures/fake-browser.ts';
import { adminRole, aLogin, readySession } from '../../test/fixtures/login.ts';
import { handleMessage } from './handle-message.ts';
import type { Login } from './state/login.ts';
import { Memory } from './state/memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../webext/browser.ts', () => ({ browser: fake.browser }));

let memory: Memory;

beforeEach(() => fake.reset());

const target = { loginId: 'login-1', role: adminRole };

async function start(...logins: Login[]) {
  await fake.session.set({ logins });
  memory = new Memory();
}

describe('env vars', () => {
  it('are given to the popup in the format that it asks for, which is remembered', async () => {
    await start(aLogin({ sessions: [readySession()] }));
    const given = await handleMessage(memory, { type: 'env-vars', ...target, format: 'fish' });
    expect(given).toMatchObject({ ok: true, value: expect.stringContaining('ASIAEXAMPLEEXAMPLE12') });
    expect(await fake.local.get('settings')).toEqual({ settings: { format: 'fish' } });
    expect(fake.local.everything()).not.toMatch(/secret|token|ASIA/);
  });

  it.each<[string, Login]>([
    ['have expired', aLogin({ sessions: [readySession({ credentials: undefined })] })],
    [
      'have expired and nothing has dropped them yet',
      aLogin({ sessions: [readySession({ endsAt: Date.now() - 1 })] }),
    ],
    ['were never there', aLogin()],
    ['are of another login', aLogin({ id: 'login-2', sessions: [readySession()] })],
    [
      'are of another provider',
      aLogin({
        sessions: [readySession({ role: { ...adminRole, providerArn: `${adminRole.providerArn}2` } })],
      }),
    ],
  ])('are refused when the credentials %s', async (_, login) => {
    await start(login);
    expect(await handleMessage(memory, { type: 'env-vars', ...target, format: 'bash' })).toMatchObject({
      ok: false,
    });
  });

  it('are refused of a role that the administrator does not allow', async () => {
    await start(aLogin({ sessions: [readySession()] }));
    fake.managed = { allowedAccounts: ['444455556666'] };
    expect(await handleMessage(memory, { type: 'env-vars', ...target, format: 'bash' })).toMatchObject({
      failure: { code: 'policy-forbids' },
    });
  });
});

it('saves to the profile that the popup names, with what the user said yes to', async () => {
  await start(aLogin({ sessions: [readySession()] }));
  const answer = await handleMessage(memory, {
    type: 'save',
    ...target,
    profile: 'dev',
    takeOver: false,
    replace: true,
  });
  expect(answer).toEqual({ ok: true, value: undefined });
  expect(fake.asked('write-profiles')).toMatchObject([{ profiles: [{ name: 'dev', replace: true }] }]);
});

it('keeps of what the popup asked only where the credentials go', async () => {
  await start(aLogin({ sessions: [readySession()] }));
  fake.answer = (request, port) => {
    if (request.type !== 'write-profiles') answerWell(request, port);
  };
  void handleMessage(memory, { type: 'save', ...target, profile: 'dev', takeOver: false, replace: true });
  await vi.waitFor(() => expect(fake.asked('write-profiles')).toHaveLength(1));
  expect(fake.session.everything()).toContain('"step":"writing"');
  expect(fake.session.everything()).not.toContain('"type"');
});
