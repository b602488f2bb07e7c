import { beforeEach, expect, it, vi } from 'vitest';
import { adminRole, aLogin } from '../../../test/fixtures/login.ts';
import { Memory } from '../state/memory.ts';
import { readNames } from './names.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

beforeEach(() => fake.reset());

const okta = (id: string) => `http://www.okta.com/${id}`;

it('an account has its name with its number, or the number alone', async () => {
  await fake.local.set({ settings: { accounts: { '111122223333': { name: 'Shop', colour: 'none' } } } });
  const { account } = await readNames(new Memory());
  expect(account('111122223333')).toBe('Shop (1111-2222-3333)');
  expect(account('444455556666')).toBe('4444-5555-6666');
});

it('an identity provider has the name that the user gave, else as little of its entity id as tells it apart', async () => {
  await fake.local.set({
    settings: { issuerNames: { [okta('a')]: 'Work' } },
    bindings: [okta('a'), okta('b')].map((issuer, index) => ({ issuer, ...adminRole, profile: `p${index}` })),
  });
  await fake.session.set({ logins: [aLogin({ issuer: okta('c') })] });
  const { issuer } = await readNames(new Memory());
  expect([okta('a'), okta('b'), okta('c'), 'https://idp.example/x'].map(issuer)).toEqual([
    'Work',
    'www.okta.com',
    'www.okta.com/c',
    'idp.example',
  ]);
});
