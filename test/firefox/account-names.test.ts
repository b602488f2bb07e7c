import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addNamelessAccount } from '../e2e/nameless-account.ts';
import type { Popup } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { userNamed } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type FirefoxStage, openFirefoxStage } from './stage.ts';

const missing = needs('firefox').missing || needs('certutil').missing;

const aliases = ['shop-live', 'shop-test', '<img src=x onerror="document.title=1">', 'data-lake', 'billing'];

/** Beside test/e2e/account-names.test.ts: the permission and the reading, which are the browser's. */
describe.skipIf(missing)('names of accounts on AWS’s page, in Firefox', () => {
  let stage: FirefoxStage;
  let popup: Popup;

  const mayRead = () => popup.page.evaluate("chrome.permissions.contains({ permissions: ['scripting'] })");
  const found = () => popup.page.evaluate("chrome.storage.local.get('foundNames').then(JSON.stringify)");

  beforeAll(async () => {
    stage = await openFirefoxStage();
    const { world } = stage.rehearsal;
    userNamed(world, 'dave').user.roles = [];
    for (const [index, alias] of aliases.entries()) addNamelessAccount(world, `50000000000${index}`, alias);
    popup = await stage.openPopup();
  });

  afterAll(() => stage?.close());

  it('are asked about in the popup for five nameless accounts, and not read before', async () => {
    await stage.logIn('dave');
    await popup.reads('5 accounts have no name.');
    expect(await mayRead()).toBe(false);
    expect(await found()).not.toContain('shop-live');
  });

  it('are read of the page that stands open after one click, and hostile text stays text', async () => {
    await popup.press('Read names');
    await popup.reads('shop-live');
    await popup.readsNoMore('accounts have no name.');
    expect(await mayRead()).toBe(true);
    expect(await popup.text()).toContain('<img src=x onerror="document.title=1">');
    expect(await popup.page.title()).not.toBe('1');
  });

  it('are read at each login', async () => {
    addNamelessAccount(stage.rehearsal.world, '500000000009', 'new-team');
    await stage.logIn('dave');
    await expect.poll(found, soon).toContain('new-team');
  });
});
