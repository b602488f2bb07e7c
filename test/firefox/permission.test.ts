import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Popup } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { soon } from '../soon.ts';
import { type FirefoxStage, openFirefoxStage } from './stage.ts';

const missing = needs('firefox').missing || needs('certutil').missing;

describe.skipIf(missing)('a Firefox that has not given the extension its hosts', () => {
  let stage: FirefoxStage;
  let popup: Popup;
  let firstRun: Popup;

  beforeAll(async () => {
    stage = await openFirefoxStage({ permission: false });
    popup = await stage.openPopup();
  });

  afterAll(() => stage?.close());

  const origins = () =>
    popup.page.evaluate('chrome.permissions.getAll().then(({ origins }) => origins.length)');

  it('is noticed in the popup, which leads to where it is put right, and at the button', async () => {
    await popup.reads('Roleferry can’t see your logins.');
    const link = await popup.page.waitForSelector('a.main');
    expect(await link?.evaluate((element) => (element as HTMLAnchorElement).href)).toMatch(
      /\/src\/first-run\/index\.html$/,
    );
    await expect.poll(() => stage.badge(), soon).toBe('!');
  });

  it('shows it no login', async () => {
    await (await stage.logIn('alice')).close();
    // These words were there before the login; now they are of what the background knows after it.
    await popup.reopen();
    await popup.reads('No login yet');
    expect(await popup.text()).not.toContain('Developer');
  });

  it('asks nobody anything for a click that a script makes up', async () => {
    firstRun = await stage.openPopup('first-run');
    await firstRun.reads('Give permission');
    await firstRun.page.evaluate(() => {
      for (const button of document.querySelectorAll('button')) button.click();
    });
    // One of the buttons opens the options, in front of all: what the others may do, they have done when that is there.
    const optionsAreOpen =
      "return [...gBrowser.tabs].some((tab) => tab.linkedBrowser.currentURI.spec.includes('/options/'))";
    await expect.poll(() => stage.system(optionsAreOpen), soon).toBe(true);
    expect(
      await stage.system("return document.getElementById('notification-popup')?.state ?? 'closed'"),
    ).toBe('closed');
    for (const page of await stage.browser.pages()) if (page.url().includes('/options/')) await page.close();
  });

  it('asks the user at a click on the first-run page', async () => {
    await firstRun.press('Give permission');
    expect(await stage.question()).toContain('aws.amazon.com');
    expect(await origins()).toBe(0);
  });

  it('is then said to be put right everywhere', async () => {
    await stage.allow();
    await firstRun.reads('Roleferry can see logins to AWS, and no other pages.');
    expect(await origins()).toBeGreaterThan(40);
    await popup.readsNoMore('Roleferry can’t see your logins.');
    await expect.poll(() => stage.badge(), soon).toBe('');
  });

  it('sees the next login', async () => {
    await stage.logIn('alice');
    await popup.reads('Developer');
    await expect.poll(() => stage.badge(), soon).toBe('new');
  });

  it('notices that the permission was taken away again, even for one host', async () => {
    await stage.system(
      "const { ExtensionPermissions } = ChromeUtils.importESModule('resource://gre/modules/ExtensionPermissions.sys.mjs');" +
        "await ExtensionPermissions.remove(extension.id, { permissions: [], data_collection: [], origins: ['https://sts.us-east-1.amazonaws.com/*'] }, extension)",
    );
    await popup.reads('Roleferry can’t see your logins.');
    await expect.poll(() => stage.badge(), soon).toBe('!');
  });
});
