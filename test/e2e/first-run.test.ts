import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { tabTo } from './keyboard.ts';
import { openStage, type Popup, popupOn, type Stage } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('the first run, by keyboard alone', () => {
  let stage: Stage;
  let firstRun: Popup;
  let popup: Popup;

  beforeAll(async () => {
    stage = await openStage({ host: false, firstRun: true });
  });

  afterAll(() => stage?.close());

  it('opens when the extension was installed, and says what to do', async () => {
    const target = await stage.browser.waitForTarget((one) => one.url().includes('/src/first-run/'));
    const page = await target.page();
    if (page === null) throw new Error('The first run has no page.');
    firstRun = popupOn(page);
    await firstRun.reads('node dist/node/roleferry.cjs install');
    const text = await firstRun.text();
    expect(text).toContain('Roleferry can see logins to AWS, and no other pages.');
    expect(text).toContain('Use your identity provider, as usual.');
    // Nothing has gone wrong yet.
    expect(text).not.toContain('The Roleferry host is not installed');
  });

  it('gives the command away at a key', async () => {
    await tabTo(firstRun.page, 'Copy command');
    await firstRun.page.keyboard.press('Enter');
    await firstRun.reads('Copied');
    expect(await stage.clipboard()).toBe('node dist/node/roleferry.cjs install');
  });

  it('ticks the host off as soon as it is installed', async () => {
    await firstRun.page.bringToFront();
    await stage.installHost();
    await firstRun.reads(`It writes to ${stage.home.credentialsFile}`);
  });

  it('ticks the login off as soon as it is seen', async () => {
    const page = await stage.browser.newPage();
    await page.goto('https://idp.rehearsal.test/?user=alice');
    await page.bringToFront();
    await tabTo(page, await page.$eval('button', (button) => button.textContent ?? ''));
    await Promise.all([page.waitForSelector('#role'), page.keyboard.press('Enter')]);
    await firstRun.reads('Your first login is here.');
  });

  it('goes on in the popup: a name is typed and saved', async () => {
    popup = await stage.openPopup();
    await popup.reads('Profile name');
    await tabTo(popup.page, 'Profile name');
    await popup.page.keyboard.down('Control');
    await popup.page.keyboard.press('a');
    await popup.page.keyboard.up('Control');
    await popup.page.keyboard.type('dev');
    await tabTo(popup.page, 'Save');
    await popup.page.keyboard.press('Enter');
    await popup.reads('Saved.');
    expect(await stage.credentialsFile()).toContain('[dev]');
  });

  it('ends with env vars on the clipboard', async () => {
    await popup.page.reload();
    await popup.reads('Developer');
    await tabTo(popup.page, 'Copy as env vars');
    await popup.page.keyboard.press('Enter');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toContain('AWS_ACCESS_KEY_ID=');
  });
});
