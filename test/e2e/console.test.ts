import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type ExtensionPage, openExtensionPage } from './extension-page.ts';
import { openStage, type Popup, type Stage, savedAs } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

const deploy = iamArn(accounts.production, 'role/Deploy');
const page = '/lambda/home?region=eu-west-1#/functions/billing';

describe.skipIf(missing)('the console, from the popup', () => {
  let stage: Stage;
  let extension: ExtensionPage;
  let popup: Popup;

  beforeAll(async () => {
    stage = await openStage();
    extension = await openExtensionPage(stage);
    await stage.logIn('alice');
    popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    await extension.ask({ type: 'set-chain', source: 'dev', roleArn: deploy, profile: 'deploy' });
    await popup.reads('deploy');
  });

  afterAll(() => stage?.close());

  const keys = () => popup.page.keyboard;
  const pressWith = async (modifier: 'Control' | 'Shift' | 'Alt') => {
    await keys().down(modifier);
    await keys().press('Enter');
    await keys().up(modifier);
  };
  /** The address of the tab that comes, which is closed again. */
  const opened = async (act: () => Promise<void>) => {
    await popup.page.bringToFront();
    const before = new Set(stage.browser.targets());
    await act();
    const target = await stage.browser.waitForTarget((one) => one.type() === 'page' && !before.has(one));
    await expect.poll(() => target.url(), soon).toMatch(/^https:/);
    const url = target.url();
    await (await target.page())?.close();
    await popup.page.bringToFront();
    return url;
  };
  const paste = async (text: string) => {
    await popup.page.bringToFront();
    // The search is out of sight among so few, and comes when something is typed.
    await keys().press('x');
    await popup.page.locator('.search input').fill(text);
  };

  it('opens with one key for the entry, and so does a second role from there, by a link without a secret', async () => {
    await popup.page.bringToFront();
    await keys().press('ArrowDown');
    const home = await opened(() => pressWith('Control'));
    expect(new URL(home).origin).toBe('https://console.aws.amazon.com');
    await keys().press('ArrowDown');
    await keys().press('ArrowDown');
    const second = new URL(await opened(() => pressWith('Control')));
    expect(second.origin + second.pathname).toBe('https://signin.aws.amazon.com/switchrole');
    expect(Object.fromEntries(second.searchParams)).toEqual({
      ...{ account: accounts.production, roleName: 'Deploy', displayName: 'deploy' },
    });
  });

  it('copies env vars with one key, and with another renews or says why not', async () => {
    await popup.page.bringToFront();
    await keys().press('ArrowUp');
    await pressWith('Shift');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toContain('AWS_ACCESS_KEY_ID');
    await popup.page.bringToFront();
    const { issuer = '' } = (await extension.view()).logins[0] ?? {};
    const signInLinks = { [issuer]: 'https://idp.rehearsal.test/start' };
    const offer = 'Renewing needs the sign-in link';
    await popup.reads(offer);
    await extension.ask({ type: 'change-settings', settings: { signInLinks } });
    // The popup has heard of the link once it offers to keep none.
    await popup.readsNoMore(offer);
    await pressWith('Alt');
    await expect.poll(async () => (await extension.view()).renewals.length, soon).toBe(1);
  });

  it('opens a pasted page with the role of the account that it names, and not as whoever copied it', async () => {
    await paste(`https://${accounts.development}-a1b2c3d4.eu-west-1.console.aws.amazon.com${page}`);
    await popup.reads('This page is in account');
    expect(await popup.text()).not.toContain('deploy');
    expect(await opened(() => keys().press('Enter'))).toBe(`https://eu-west-1.console.aws.amazon.com${page}`);
    await paste(
      `https://eu-west-1.console.aws.amazon.com/s3?arn=arn:aws:s3:::b&accountId=${accounts.production}`,
    );
    await popup.reads('deploy');
    const link = new URL(await opened(() => keys().press('Enter')));
    expect(link.searchParams.get('redirect_uri')).toMatch(
      /^https:\/\/eu-west-1\.console\.aws\.amazon\.com\/s3\?/,
    );
  });

  it('opens no page of anybody else', async () => {
    await paste('https://console.aws.amazon.com.rehearsal.test/');
    await popup.reads('Only links to the AWS console can be opened here.');
    expect(await popup.page.$$('.entry')).toEqual([]);
    await keys().press('Escape');
    await paste('');
  });

  it('says who is in it where another role came later, and opens again where AWS keeps both sessions', async () => {
    await stage.logIn('bob', { roleArn: iamArn(accounts.development, 'role/Admin') });
    await expect.poll(async () => (await extension.view()).logins[0]?.consoleRoleArn, soon).toMatch(/Admin$/);
    await paste('dev');
    await pressWith('Control');
    await popup.reads('The console in this browser is now Admin in account');
    await popup.page.locator('.note input[type="checkbox"]').click();
    await popup.readsNoMore('The console in this browser is now');
    await popup.page.locator('.search input').click();
    const home = await opened(() => pressWith('Control'));
    expect(new URL(home).origin).toBe('https://console.aws.amazon.com');
  });
});
