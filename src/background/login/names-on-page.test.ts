import { beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetNamesPermission } from '../settings/names-permission.ts';
import { readSettings } from '../settings/settings.ts';
import { Memory } from '../state/memory.ts';
import { readNamesInOpenTabs, readNamesInTab } from './names-on-page.ts';

const fake = await vi.hoisted(async () =>
  (await import('../../../test/fixtures/fake-browser.ts')).makeFakeBrowser(),
);
vi.mock('../../webext/browser.ts', () => ({ browser: fake.browser }));

const live = '111122223333';
const page = { host: 'signin.aws.amazon.com', labels: [`Account: shop-live (${live})`] };
let memory: Memory;

beforeEach(() => {
  fake.reset();
  memory = new Memory();
  fake.permissions.add('scripting');
  fake.tabs.set(1, { url: 'https://signin.aws.amazon.com/saml', active: true });
  fake.pages.set(1, page);
});

const names = async () =>
  Object.fromEntries(
    Object.entries((await readSettings(memory)).accounts).map(([id, { name }]) => [id, name]),
  );

describe('the page with which AWS answers a login', () => {
  it('tells names of accounts', async () => {
    await readNamesInTab(memory, 1);
    expect(await names()).toEqual({ [live]: 'shop-live' });
  });

  it('is read once it stands in the tab, not the page before it', async () => {
    fake.pages.set(1, new Error('Cannot access contents of the page'));
    fake.loading.add(1);
    const reading = readNamesInTab(memory, 1);
    await expect.poll(() => fake.browser.tabs.onUpdated.listeners.size).toBe(1);
    fake.pages.set(1, page);
    fake.tabLoaded(2);
    fake.tabLoaded(1);
    await reading;
    expect(await names()).toEqual({ [live]: 'shop-live' });
    expect(fake.browser.tabs.onUpdated.listeners.size).toBe(0);
  });

  it('is not looked at without the permission, from the moment that it is taken away', async () => {
    fake.permissions.delete('scripting');
    await readNamesInTab(memory, 1);
    await readNamesInOpenTabs(memory);
    expect(fake.timesRead).toBe(0);
    fake.permissions.add('scripting');
    forgetNamesPermission(memory);
    await readNamesInTab(memory, 1);
    expect(fake.timesRead).toBe(1);
  });

  it('is read where it stands open already when the permission is given', async () => {
    await readNamesInOpenTabs(memory);
    expect(await names()).toEqual({ [live]: 'shop-live' });
  });

  it.each<[string, unknown]>([
    ['is another host’s', { ...page, host: 'signin.aws.amazon.com.evil.example' }],
    ['is the identity provider’s', { ...page, host: 'idp.example' }],
    ['is STS’s', { ...page, host: 'sts.us-east-1.amazonaws.com' }],
    ['may not be read', new Error('Cannot access contents of the page')],
    ['is gone', undefined],
    ['threw', null],
    ['answers with something else', { host: page.host, labels: [{ text: 'Account: a (111122223333)' }] }],
    ['answers with a label that is long', { ...page, labels: ['x'.repeat(201)] }],
    ['answers with more labels than it was asked for', { ...page, labels: Array(2001).fill(page.labels[0]) }],
    ['has no role to choose', { ...page, labels: [] }],
    [
      'has labels that are none',
      { ...page, labels: ['__proto__: x (constructor)', 'Account: (111122223333)'] },
    ],
  ])('tells nothing where it %s', async (_, answer) => {
    fake.pages.set(1, answer);
    await readNamesInTab(memory, 1);
    expect(await names()).toEqual({});
    expect(await fake.local.get('foundNames')).toEqual({});
  });

  it('tells nothing where the tab is closed', async () => {
    fake.tabs.delete(1);
    await readNamesInTab(memory, 1);
    expect(await names()).toEqual({});
  });

  it('leaves names alone and nothing else of it', async () => {
    fake.pages.set(1, { ...page, html: '<form>SAMLResponse</form>' });
    await readNamesInTab(memory, 1);
    expect(fake.local.everything()).toBe(
      JSON.stringify({ foundNames: { [live]: { name: 'shop-live', from: 'page' } } }),
    );
  });
});
