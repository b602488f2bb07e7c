import { beforeEach, describe, expect, it, vi } from 'vitest';
import { adminRole, issuer } from '../../../test/fixtures/login.ts';
import { Memory } from '../state/memory.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

const { handleMessage } = await import('../handle-message.ts');

const other = 'https://other.example/metadata';
const stored = async (key: string) => (await fake.local.get(key))[key];

beforeEach(async () => {
  fake.reset();
  await fake.local.set({
    settings: {
      issuerNames: { [issuer]: 'Work', [other]: 'Other' },
      signInLinks: { [issuer]: 'https://idp.example/aws', [other]: 'https://other.example/aws' },
      remind: false,
    },
    changingNames: [issuer, other],
    bindings: [
      { issuer, ...adminRole, profile: 'dev' },
      { issuer: other, ...adminRole, profile: 'ops' },
    ],
  });
});

describe('an identity provider that is forgotten', () => {
  it('loses its name, its link and its bindings, and all else stays', async () => {
    expect(await handleMessage(new Memory(), { type: 'forget-issuer', issuer })).toMatchObject({ ok: true });
    expect(await stored('settings')).toEqual({
      issuerNames: { [other]: 'Other' },
      signInLinks: { [other]: 'https://other.example/aws' },
      remind: false,
    });
    expect(await stored('changingNames')).toEqual([other]);
    expect(await stored('bindings')).toMatchObject([{ issuer: other, profile: 'ops' }]);
  });

  it('takes nothing out of the files', async () => {
    await handleMessage(new Memory(), { type: 'forget-issuer', issuer });
    expect(fake.asked('remove-profile')).toEqual([]);
  });
});
