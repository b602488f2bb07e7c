import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { openStage, type Stage, savedAs } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing;

const field = (name: string) => `::-p-aria([name="${name}"])`;

describe.skipIf(missing)('the first save', () => {
  let stage: Stage;
  const config = () => readFile(stage.home.configFile, 'utf8');

  beforeAll(async () => {
    stage = await openStage();
    await writeFile(
      stage.home.configFile,
      '[default]\nregion = us-west-2\n[profile ops]\nregion = us-east-2\n',
    );
  });

  afterAll(() => stage?.close());

  it('says what ticking does and what profiles for all are, and keeps ticks and names while one looks at these', async () => {
    await stage.logIn('bob');
    const popup = await stage.openPopup();
    await popup.reads('Ticked roles get credentials right away.');
    await popup.reads('Each profile gets credentials once a tool uses it.');
    await popup.page.locator('::-p-aria([name="Admin Account 1111-2222-3333"][role="checkbox"])').click();
    const name = '::-p-aria([name="Profile name of Admin, account 111122223333"])';
    await popup.page.locator(name).fill('boss');
    await popup.press('Make profiles for all 2…');
    await popup.reads('boss');
    await popup.press('Back');
    await popup.reads('Save 1 profile');
    expect(
      await popup.page
        .locator(name)
        .map((field) => (field as HTMLInputElement).value)
        .wait(),
    ).toBe('boss');
    await popup.close();
  });

  it('replaces the suggested name by what is typed after a click on it', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    expect(await popup.profileName()).toBe('developer');
    await popup.page.click(field('Profile name'));
    await popup.page.keyboard.type('dev');
    expect(await popup.profileName()).toBe('dev');
    await popup.close();
  });

  it('asks for the region, suggests that of the regional sign-in host, and has it written', async () => {
    stage.rehearsal.onLogin = () => ({ destinationHost: 'eu-west-1.signin.aws.amazon.com' });
    await stage.logIn('alice');
    stage.rehearsal.onLogin = undefined;
    const popup = await stage.openPopup();
    const region = await popup.page.waitForSelector(field('Region'));
    expect(await region?.evaluate((input) => (input as HTMLInputElement).value)).toBe('eu-west-1');
    await savedAs(popup, 'dev');
    expect(await config()).toBe(
      '[default]\nregion = us-west-2\n[profile ops]\nregion = us-east-2\n\n[profile dev]\nregion = eu-west-1\n',
    );
    await popup.close();
  });

  it('asks no second time, and leaves the region that a profile has', async () => {
    await stage.logIn('bob', { roleArn: iamArn(accounts.development, 'role/Admin') });
    const popup = await stage.openPopup();
    await popup.reads('Admin');
    expect(await popup.page.$(field('Region'))).toBeNull();
    await savedAs(popup, 'ops');
    expect(await config()).toMatch(/\[profile ops\]\nregion = us-east-2\n/);
    await popup.close();
  });

  it('offers to keep the sign-in link, which renewing needs, and then renews', async () => {
    const popup = await stage.openPopup();
    await popup.reads('Renewing needs the sign-in link of idp.rehearsal.test');
    const link = await popup.page.waitForSelector('.link-offer input');
    await link?.type('https://idp.rehearsal.test/?user=alice');
    await popup.press('Save link');
    await popup.readsNoMore('Save link');
    await popup.page.locator('.entry-title').click();
    await popup.reads('Renew');
    await popup.close();
  });

  it('lets the region be changed in the options, in the config file too', async () => {
    const options = await stage.openPopup('options');
    await options.page.goto(`${options.page.url()}#profiles`);
    const region = await options.page.waitForSelector(field('Region of dev'));
    await region?.click({ count: 3 });
    await region?.type('eu-central-1');
    await options.page.keyboard.press('Enter');
    await expect.poll(config, soon).toContain('[profile dev]\nregion = eu-central-1\n');
    expect(await config()).toContain('[profile ops]\nregion = us-east-2\n');
  });

  it('carries the region over to another name, and leaves nothing of the old one but what somebody wrote', async () => {
    const options = await stage.openPopup('options');
    await options.page.goto(`${options.page.url()}#profiles`);
    expect(await options.profileName()).toBe('dev');
    await options.typeProfileName('work');
    await options.press('Rename dev');
    const rest = '[default]\nregion = us-west-2\n[profile ops]\nregion = us-east-2\n';
    await expect.poll(config, soon).toBe(`${rest}\n[profile work]\nregion = eu-central-1\n`);
    expect(await stage.credentialsFile()).not.toContain('[dev]');
  });
});
