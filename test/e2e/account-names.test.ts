import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { userNamed } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type ExtensionPage, openExtensionPage } from './extension-page.ts';
import { addNamelessAccount } from './nameless-account.ts';
import { openStage, type Stage } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

const aliases: Record<string, string> = {
  '500000000001': 'shop-live',
  '500000000002': 'shop-test',
  '500000000003': '<img src=x onerror="document.title=1">',
  '500000000004': 'evil\u202eevil',
  '500000000005': 'x'.repeat(100),
  '500000000006': 'mine-by-aws',
};

describe.skipIf(missing)('names of accounts on AWS’s page', () => {
  let stage: Stage;
  let extension: ExtensionPage;
  let chooser: Page;

  const addAccount = (id: string, alias: string) => addNamelessAccount(stage.rehearsal.world, id, alias);
  const names = async () =>
    Object.fromEntries(
      Object.entries((await extension.view()).settings.accounts).map(([id, { name }]) => [id, name]),
    );

  beforeAll(async () => {
    stage = await openStage();
    userNamed(stage.rehearsal.world, 'dave').user.roles = [];
    for (const [id, alias] of Object.entries(aliases)) addAccount(id, alias);
    extension = await openExtensionPage(stage);
  });

  afterAll(() => stage?.close());

  it('are not read before the user wants them, which the popup asks for five nameless accounts', async () => {
    chooser = await stage.logIn('dave');
    const popup = await stage.openPopup();
    await popup.reads('6 accounts have no name.');
    expect(await names()).toEqual({});
    await extension.ask({
      type: 'change-settings',
      settings: { accounts: { '500000000006': { name: 'Mine', colour: 'red' } } },
    });
    await popup.reads('5 accounts have no name.');
    await popup.close();
  });

  it('are read of the page that stands open once the user says yes, and leave it as it was', async () => {
    const before = await chooser.content();
    const popup = await stage.openPopup();
    await popup.press('Read names');
    await popup.reads('shop-live');
    await popup.readsNoMore('accounts have no name.');
    expect(await names()).toEqual({
      '500000000001': 'shop-live',
      '500000000002': 'shop-test',
      '500000000003': '<img src=x onerror="document.title=1">',
      '500000000006': 'Mine',
    });
    expect(await popup.text()).toContain('<img src=x onerror="document.title=1">');
    expect(await popup.page.title()).not.toBe('1');
    expect(await chooser.content()).toBe(before);
    await popup.close();
  });

  it('are read at each login', async () => {
    addAccount('500000000007', 'new-team');
    await chooser.close();
    await stage.logIn('dave');
    await expect.poll(names, soon).toHaveProperty('500000000007', 'new-team');
  });

  it('are marked as found in the options, where they can be forgotten for good', async () => {
    const options = await stage.openPopup('options');
    await options.page.goto(`${options.page.url()}#accounts`);
    await options.reads('Found on AWS’s page.');
    await options.page.locator('::-p-aria([name="Forget the name of 5000-0000-0001"])').click();
    await expect.poll(names, soon).not.toHaveProperty('500000000001');
    await stage.logIn('dave');
    addAccount('500000000008', 'newest');
    await stage.logIn('dave');
    await expect.poll(names, soon).toHaveProperty('500000000008');
    expect(await names()).not.toHaveProperty('500000000001');
    expect(await names()).toHaveProperty('500000000006', 'Mine');
  });

  it('are no longer read once the user switches that off', async () => {
    const options = await stage.openPopup('options');
    await options.page.goto(`${options.page.url()}#accounts`);
    await options.page.locator('#read-names').click();
    await expect.poll(async () => (await extension.view()).namesOnPage.read, soon).toBe(false);
    addAccount('500000000009', 'unread');
    await stage.logIn('dave');
    await expect.poll(async () => (await extension.view()).logins[0]?.roles.length, soon).toBe(9);
    expect(await names()).not.toHaveProperty('500000000009');
  });
});
