import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { needs, skippedBecause } from '../needs.ts';
import { launchChromium } from '../rehearsal/chromium.ts';
import { forExtension, noPolicyBecause } from '../rehearsal/chromium-policy.ts';
import { soon } from '../soon.ts';
import { closeFirstRun, openStage, type Stage } from './stage.ts';

const missing = needs('chromium').missing || needs('certutil').missing || skippedBecause(noPolicyBecause());

const extensionDir = fileURLToPath(new URL('../../dist/chromium', import.meta.url));

const ofAws = (name: string) => `arn:aws:iam::aws:policy/${name}`;
const demanded = [ofAws('ReadOnlyAccess'), ofAws('SecurityAudit')];

const policy = {
  allowedAccounts: ['111122223333'],
  profiles: [
    {
      issuer: 'https://idp.rehearsal.test/metadata',
      providerArn: 'arn:aws:iam::111122223333:saml-provider/Rehearsal',
      roleArn: 'arn:aws:iam::111122223333:role/Developer',
      profile: 'company-dev',
    },
    {
      issuer: 'https://idp.rehearsal.test/metadata',
      accounts: ['111122223333', '222233334444'],
      providerName: 'Rehearsal',
      roleName: 'Admin',
      profile: '{accountName}-{role}',
    },
  ],
  accounts: [{ accountId: '111122223333', name: 'Company live', colour: 'red' }],
  sessionPolicies: [{ roleName: 'Admin', policyArns: demanded }],
  region: 'us-west-2',
  keepFresh: true,
  copyButton: false,
  fips: true,
  signInLinks: [{ title: 'Company login', url: 'https://idp.rehearsal.test/sso' }],
};

describe.skipIf(missing)('an administrator’s policy, in a real browser', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ policy });
  });

  afterAll(() => stage?.close());

  it('writes a fixed profile from the first login on, and takes the copy button away', async () => {
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await popup.reads('company-dev');
    const file = () => stage.credentialsFile().catch(() => '');
    await expect.poll(file, soon).toContain('[company-dev]');
    await popup.reopen();
    await popup.reads('company-dev');
    // A popup that comes before the host's answer shows the row open.
    const closed = await popup.page.$('.entry-title[aria-expanded=false]');
    await closed?.click();
    await popup.reads('Your administrator has set this name.');
    const text = await popup.text();
    expect(text).toContain('doesn’t allow copying credentials');
    expect(await popup.page.$('::-p-aria([name="Copy as env vars"])')).toBeNull();
    expect(text).toContain('Company login');
  });

  it('refuses another account, and says who does', async () => {
    await stage.logIn('carol', { roleArn: 'arn:aws:iam::444455556666:role/Operator' });
    const popup = await stage.openPopup();
    await popup.reads('Your administrator does not allow account 444455556666.');
    expect(
      stage.rehearsal.requests.filter(({ form }) => form.get('RoleArn')?.includes('444455556666')),
    ).toEqual([]);
  });

  it('is shown in the options', async () => {
    const options = await stage.openPopup('options');
    const goTo = (section: string) =>
      options.page.locator(`::-p-aria([name="${section}"][role="link"])`).click();
    await goTo('Administrator');
    await options.reads('Only these accounts are allowed: 1111-2222-3333.');
    await options.reads('Roleferry uses AWS’s FIPS endpoints.');
    await goTo('Profiles');
    await options.reads('Set by your administrator.');
  });

  it('names profiles by a pattern, sets their region, and names and colours accounts', async () => {
    await stage.logIn('bob', { roleArn: 'arn:aws:iam::111122223333:role/Admin' });
    await expect.poll(() => stage.credentialsFile(), soon).toContain('[company-live-admin]');
    expect(await readFile(stage.home.configFile, 'utf8')).toContain(
      '[profile company-live-admin]\nregion = us-west-2\n',
    );
    const popup = await stage.openPopup();
    await popup.reads('company-live-admin');
    await popup.page.waitForSelector('.account-mark.red ::-p-text(Company live)');
    await popup.close();
  });

  it('has AWS asked for the session policies that it demands, and offers a part of them at most', async () => {
    const askedFor = () =>
      stage.rehearsal.requests
        .filter(({ form }) => form.get('RoleArn')?.endsWith(':role/Admin'))
        .map(({ form }) =>
          [...form].filter(([name]) => name.startsWith('PolicyArns')).map(([, value]) => value),
        );
    expect(askedFor()).toEqual([demanded]);
    const { page, reads, close } = await stage.openPopup();
    const entry = 'section[aria-label="Admin, account 111122223333"]';
    const form = `${entry} details:nth-last-of-type(2)`;
    // A popup that comes before the host's answer shows the row open.
    const closed = await page.$(`${entry} .entry-title[aria-expanded=false]`);
    await closed?.click();
    await reads('Your administrator limits this role to: ReadOnlyAccess, SecurityAudit.');
    await page.locator(`${form} summary`).click();
    const kinds = await page.$$eval(`${form} option`, (all) => all.map(({ value }) => value));
    expect(kinds).toEqual(['read-only', 'security-audit', 'managed']);

    const mayAdd = () =>
      page.$eval(`${form} button.main`, (button) => !(button as HTMLButtonElement).disabled);
    await page.locator(`${form} select`).fill('managed');
    await reads('This is all that your administrator allows.');
    expect(await mayAdd()).toBe(false);
    await page.locator(`${form} textarea`).fill(ofAws('AdministratorAccess'));
    await reads('your request may allow more');
    expect(await mayAdd()).toBe(false);
    await page.locator(`${form} textarea`).fill(ofAws('SecurityAudit'));
    await page.locator(`${form} button.main`).click();
    await expect.poll(() => stage.credentialsFile(), soon).toContain('[company-live-admin-audit]');
    expect(askedFor()).toEqual([demanded, [ofAws('SecurityAudit')]]);
    await close();
  });

  it('shows these in the options as set, where nobody can change them', async () => {
    const { page, reads } = await stage.openPopup('options');
    const set = (field: string) =>
      page.$eval(field, (element) => {
        const { value, checked, readOnly, disabled } = element as HTMLInputElement;
        return { value: element.matches('.switch') ? checked : value, fixed: readOnly || disabled };
      });
    await reads('Your administrator has turned this on.');
    expect(await set('#region')).toEqual({ value: 'us-west-2', fixed: true });
    expect(await set('#keep-fresh')).toEqual({ value: true, fixed: true });
    await page.goto(`${page.url()}#accounts`);
    const account = 'li.account-row:has(#name-111122223333)';
    await page.waitForSelector(`${account} .managed`);
    expect(await set('#name-111122223333')).toEqual({ value: 'Company live', fixed: true });
    expect(await set(`${account} select`)).toEqual({ value: 'red', fixed: true });
    await page.close();
  });

  it('has STS asked at its FIPS endpoint of the policy’s region alone', async () => {
    stage.rehearsal.requests.length = 0;
    await stage.logIn('alice');
    const { host } = await stage.rehearsal.waitForRequest(({ action }) => action === 'AssumeRoleWithSAML');
    expect(host).toBe('sts-fips.us-west-2.amazonaws.com');
  });

  it('holds at the next start of the browser before it has come, and the policy that comes is obeyed', async () => {
    await stage.browser.close();
    const { rehearsal, home } = stage;
    rehearsal.requests.length = 0;
    const before = await stage.credentialsFile();
    const browser = await launchChromium({
      rehearsal,
      home,
      extensionDirs: [extensionDir],
      policies: forExtension({ allowedAccounts: ['444455556666'] }),
    });
    try {
      await closeFirstRun(browser);
      await stage.logIn('alice', { page: await browser.newPage() });
      const popup = await browser.newPage();
      await popup.goto(`chrome-extension://${chromiumExtensionId}/src/popup/index.html`);
      await popup.waitForFunction(() =>
        document.body.textContent?.includes('Your administrator does not allow account 111122223333.'),
      );
      expect(rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML')).toEqual([]);
      expect(await stage.credentialsFile()).toBe(before);
    } finally {
      await browser.close();
    }
  });
});
