import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { accounts, iamArn, userNamed } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type ExtensionPage, openExtensionPage } from './extension-page.ts';
import { makeNotingBrowser, type NotingBrowser } from './noting-browser.ts';
import { openStage, type Popup, type Stage, submitLogin } from './stage.ts';

const run = promisify(execFile);
const missing = needs('chromium').missing || needs('certutil').missing;
const aws = needs('aws');

const provider = iamArn(accounts.development, 'saml-provider/Rehearsal');
const names = Array.from({ length: 240 }, (_, index) => `Service-${String(index + 1).padStart(3, '0')}`);
const arnOf = (name: string) => iamArn(accounts.development, `role/${name}`);
const issuer = 'https://idp.rehearsal.test/metadata';
const link = 'https://idp.rehearsal.test/?user=dave';
/** The user has a profile called as one of the roles would be. */
const before = [
  '# by hand\n[default]\nregion = eu-west-1\n',
  '[profile service-150]\nsso_start_url = https://jo.awsapps.com/start\n',
  '[profile own]\noutput = json',
].join('\n');

describe.skipIf(missing)('two hundred and forty roles, each when it is needed', () => {
  let stage: Stage;
  let extension: ExtensionPage;
  let popup: Popup;
  let browser: NotingBrowser;

  beforeAll(async () => {
    stage = await openStage();
    const { world } = stage.rehearsal;
    for (const name of names) {
      world.roles.push({ arn: arnOf(name), maxSessionDuration: 3600, trusts: [provider] });
    }
    offer(names);
    await writeFile(stage.home.configFile, before);
    browser = await makeNotingBrowser(stage.home);
    extension = await openExtensionPage(stage);
    await extension.ask({ type: 'change-settings', settings: { signInLinks: { [issuer]: link } } });
  });

  afterAll(() => stage?.close());

  const offer = (offered: string[]) => {
    userNamed(stage.rehearsal.world, 'dave').user.roles = offered.map((name) => ({
      role: arnOf(name),
      provider,
    }));
  };
  const config = () => readFile(stage.home.configFile, 'utf8');
  const asked = () =>
    stage.rehearsal.requests
      .filter(({ action }) => action === 'AssumeRoleWithSAML')
      .map(({ form }) => form.get('RoleArn')?.split('/').at(-1));

  /** Makes profiles for all roles in the popup, after a look at what they are called. */
  async function makeAll(): Promise<void> {
    await popup.press('Make profiles for all 240…');
    await popup.reads('service-001');
    expect(await config()).toBe(before);
    await popup.press('Make 240 profiles');
    await popup.reads('240 profiles made');
  }

  /** What an AWS tool does with the profile: it runs its line in the config file. */
  async function use(profile: string): Promise<void> {
    const section = new RegExp(`\\[profile ${profile}\\]\\ncredential_process = (.*)`).exec(await config());
    const { stdout } = await run('/bin/sh', ['-c', section?.[1] ?? ''], { env: browser.env });
    expect(JSON.parse(stdout)).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/) });
  }

  /** The AWS CLI itself, where it is installed. */
  async function useWithAwsCli(profile: string): Promise<void> {
    if (aws.missing) return use(profile);
    const args = ['sts', 'get-caller-identity', '--output', 'text', '--profile', profile];
    const endpoint = ['--region', 'us-east-1', '--endpoint-url', stage.rehearsal.stsHttpUrl];
    const { stdout } = await run(aws.path, [...args, ...endpoint], { env: browser.env });
    expect(stdout.toLowerCase()).toContain(`assumed-role/${profile}/dave`);
  }

  /** Does in the running browser what the user does there when a program has opened an address. */
  async function logInWhereAsked(): Promise<string> {
    const url = await browser.address();
    const page = await stage.browser.newPage();
    await page.goto(url);
    await submitLogin(page, 'button');
    await page.close();
    return url;
  }

  it('get a profile each after one login and one look, and AWS is asked for none', async () => {
    await stage.logIn('dave');
    popup = await stage.openPopup();
    await makeAll();
    const lines = (await config()).match(/^credential_process = .* --profile service-[\d-]+ --login$/gm);
    expect(lines).toHaveLength(240);
    expect(await config()).toContain(`[profile service-150-${accounts.development}]`);
    expect((await config()).startsWith(before)).toBe(true);
    expect(asked()).toEqual([]);
    await expect.poll(() => stage.badge(), soon).toBe('');
  });

  it('are taken back by one click right after that, and the file is as it was', async () => {
    await popup.press('Undo');
    await popup.readsNoMore('240 profiles made');
    expect(await config()).toBe(before);
    expect((await extension.view()).bindings).toEqual([]);
    await makeAll();
    expect(asked()).toEqual([]);
  });

  it('are told to a shell by their names, which are no secret', async () => {
    const { page } = popup;
    await page.bringToFront();
    await page.keyboard.type('service-042');
    await page.keyboard.press('Enter');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toBe("export AWS_PROFILE='service-042'\n");
    expect(asked()).toEqual([]);
    await page.bringToFront();
    await page.evaluate("document.querySelector('.search input').select()");
    await page.keyboard.press('Backspace');
  });

  it('are redeemed when a tool uses them: five used, five calls to STS', async () => {
    const used = ['service-003', 'service-050', 'service-100', 'service-199', 'service-240'];
    for (const profile of used) await useWithAwsCli(profile);
    await Promise.all(used.map(use));
    expect(
      asked()
        .map((name) => name?.toLowerCase())
        .toSorted(),
    ).toEqual(used);
  });

  it('are refreshed at the next login if they were used, those five and no other', async () => {
    stage.rehearsal.requests.length = 0;
    await stage.logIn('dave');
    await expect.poll(() => asked().length, soon).toBe(5);
    await use('service-003');
    await use('service-004');
    expect(asked()).toHaveLength(6);
  });

  it('can have one with fewer rights beside them, which is redeemed when it is used as well', async () => {
    stage.rehearsal.requests.length = 0;
    const { page } = popup;
    await page.bringToFront();
    const entry = `section[aria-label="Service-003, account ${accounts.development}"]`;
    await page.locator(`${entry} .entry-title`).click();
    await page.locator(`${entry} details:nth-last-of-type(2) summary`).click();
    await page.locator(`${entry} details:nth-last-of-type(2) button.main`).click();
    await expect.poll(config, soon).toContain('[profile service-003-readonly]\n');
    expect(asked()).toEqual([]);
    await use('service-003-readonly');
    const arns = stage.rehearsal.requests.map(({ form }) => form.get('PolicyArns.member.1.arn'));
    expect(arns).toEqual(['arn:aws:iam::aws:policy/ReadOnlyAccess']);
    expect(asked()).toEqual(['Service-003']);
  });

  it('are had through the sign-in link once no login is open', async () => {
    await extension.page.evaluate('chrome.storage.session.clear()');
    await stage.stopWorker();
    stage.rehearsal.requests.length = 0;
    const opened = logInWhereAsked();
    await use('service-077');
    expect(await opened).toBe(link);
    expect(asked()).toContain('Service-077');
  });

  it('fail clearly if the login does not come', async () => {
    await extension.page.evaluate('chrome.storage.session.clear()');
    await stage.stopWorker();
    const line = ['credential-process', '--profile', 'service-078', '--login', '--timeout', '3'];
    const program = join(stage.home.path, '.local/share/roleferry/roleferry');
    const failing = run(program, line, { env: browser.env }).catch((error) => error);
    expect(await failing).toMatchObject({ code: 1, stdout: '' });
    await browser.forget();
  });

  it('are shown as no longer offered once they are gone, and removed with one click', async () => {
    offer(names.slice(0, 238));
    await stage.logIn('dave');
    await popup.close();
    popup = await stage.openPopup();
    await popup.reads('The roles of 2 profiles are no longer offered');
    await popup.press('Remove 2 profiles');
    await popup.readsNoMore('2 profiles are no longer offered');
    expect((await config()).match(/^credential_process/gm)).toHaveLength(239);
    expect(await config()).not.toContain('service-239');
  });

  it('are renamed in the options, and then serve tools under the new name only', async () => {
    const options = await stage.openPopup('options');
    await options.page.evaluate("location.hash = '#profiles'");
    const first = await options.profileName();
    await options.typeProfileName('yours');
    await options.press(`Rename ${first}`);
    await expect.poll(config, soon).toContain('[profile yours]\n');
    expect(await config()).not.toContain(`${first}]`);
    await use('yours');
    await options.close();
  });

  it('are removed one by one, and the keyboard goes on at the next', async () => {
    const options = await stage.openPopup('options');
    await options.page.evaluate("location.hash = '#profiles'");
    await options.page.waitForSelector('.bindings > li');
    const rows = () =>
      options.page.$$eval('.bindings > li', (all) =>
        all.slice(0, 2).map((row) => ({
          profile: row.querySelector('input')?.value,
          isFocused: row.contains(document.activeElement),
        })),
      );
    const [first, second] = await rows();
    await options.press(`Remove ${first?.profile}`);
    await options.reads(`Removed: ${first?.profile}.`);
    await expect
      .poll(async () => (await rows())[0], soon)
      .toEqual({ profile: second?.profile, isFocused: true });
    await options.close();
  });

  it('are renamed in the popup, which is not taken for making one', async () => {
    await popup.close();
    popup = await stage.openPopup();
    const { page } = popup;
    await page.keyboard.type('service-021');
    await page.locator('.entry-title').click();
    await popup.typeProfileName('ours');
    await popup.press('Rename');
    await expect.poll(config, soon).toContain('[profile ours]\n');
    await expect
      .poll(async () => (await extension.view()).bindings.map(({ profile }) => profile), soon)
      .toContain('ours');
    expect(await popup.text()).not.toContain('profile made');
    await use('ours');
  });

  it('are undone at once, and the config file is as it was, to the byte', async () => {
    await popup.close();
    const options = await stage.openPopup('options');
    await options.page.evaluate("location.hash = '#profiles'");
    const listed = await config();
    await options.press('Remove all of them');
    await options.reads('Cancel');
    expect(await config()).toBe(listed);
    const sure = await options.page.waitForSelector('.on-demand .danger');
    const said = await sure?.evaluate(({ textContent }) => textContent);
    expect(said).toMatch(/^Remove 2\d\d profiles$/);
    await options.press(said ?? '');
    await expect.poll(config, soon).toBe(before);
    await options.reads(`${said?.replace('Remove', 'Removed')}: `);
    await expect.poll(async () => (await extension.view()).bindings, soon).toEqual([]);
    await options.close();
  });
});
