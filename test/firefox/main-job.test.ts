import { execFile } from 'node:child_process';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { submitForm } from '../e2e/attacker.ts';
import { hostProcesses, type Popup, savedAs } from '../e2e/stage.ts';
import { killHostDuringWrite } from '../faults/kill-host.ts';
import { needs } from '../needs.ts';
import { stsError } from '../rehearsal/fault.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { type FirefoxStage, openFirefoxStage } from './stage.ts';

const run = promisify(execFile);
const missing = needs('firefox').missing || needs('certutil').missing;
const aws = needs('aws');
const role = (name: string) => iamArn(accounts.development, `role/${name}`);

describe.skipIf(missing)('the main job, in Firefox', () => {
  let stage: FirefoxStage;
  let popup: Popup;

  beforeAll(async () => {
    stage = await openFirefoxStage();
    popup = await stage.openPopup();
  });

  afterAll(() => stage?.close());

  afterEach(async () => {
    stage.rehearsal.onSts = undefined;
    for (const page of await stage.browser.pages()) if (page !== popup.page) await page.close();
  });

  const fileOrNothing = () => readFile(stage.home.credentialsFile, 'utf8').catch(() => '');
  const stsAsked = () => stage.rehearsal.requests.filter(({ action }) => action === 'AssumeRoleWithSAML');

  it('says so before the first login, and has its button in the toolbar', async () => {
    await popup.reads('No login yet');
    const isInToolbar =
      "return document.querySelector('#nav-bar [data-extensionid=\"' + extension.id + '\"]') !== null";
    expect(await stage.system(isInToolbar)).toBe(true);
    await expect.poll(() => stage.badge(), soon).toBe('');
  });

  it('asks once for the profile name, writes nothing before, and all else in the file stays', async () => {
    const old = '# mine\r\n[other]\naws_access_key_id = AKIAOTHEROTHEROTHER1\n';
    await writeFile(stage.home.credentialsFile, old, { mode: 0o600 });
    await stage.logIn('alice');
    await popup.reads('Developer');
    expect(await popup.text()).toContain('1111-2222-3333');
    await expect.poll(() => stage.badge(), soon).toBe('new');
    expect(await stage.credentialsFile()).toBe(old);
    await savedAs(popup, 'dev');
    const file = await stage.credentialsFile();
    expect(file.startsWith(old)).toBe(true);
    expect(file).toMatch(/\[dev\]\r?\naws_access_key_id = ASIA\w{16}\r?\n/);
    expect((await stat(stage.home.credentialsFile)).mode & 0o777).toBe(0o600);
  });

  it.skipIf(aws.missing)(
    'has written a profile with which the real AWS CLI makes a signed call',
    async () => {
      const args = ['sts', 'get-caller-identity', '--profile', 'dev', '--region', 'us-east-1'];
      const { stdout } = await run(aws.path, [...args, '--endpoint-url', stage.rehearsal.stsHttpUrl], {
        env: stage.home.env,
      });
      expect(stdout).toContain('arn:aws:sts::111122223333:assumed-role/Developer/alice');
    },
  );

  it('copies env vars', async () => {
    await popup.press('Copy as env vars');
    await popup.reads('Copied');
    expect(await stage.clipboard()).toContain('AWS_ACCESS_KEY_ID=');
  });

  it('lets its event page rest when nothing is to be done, though its page is open behind another', async () => {
    await stage.setPatience(500);
    // It sees that someone looks, and wakes it again.
    await popup.page.bringToFront();
    await expect.poll(() => stage.eventPage(), soon).toBe('running');
    await stage.browser.newPage();
    await expect.poll(() => stage.eventPage(), soon).toBe('stopped');
    await expect.poll(() => hostProcesses(stage), soon).toEqual([]);
    expect(await stage.eventPage()).toBe('stopped');
  });

  it('writes by itself at the second login, which wakes the event page with its whole body', async () => {
    const first = await stage.credentialsFile();
    await stage.logIn('alice');
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(first);
    await stage.setPatience(30_000);
    await popup.readsNoMore('Copied');
  });

  it('takes the exact role that was chosen on the page of AWS, not one that begins alike', async () => {
    await stage.logIn('bob', { roleArn: role('AdminReadOnly') });
    await popup.reads('AdminReadOnly');
    // Right after a login has moved what is shown, no click acts.
    await popup.reopen();
    await savedAs(popup, 'look');
    expect(stsAsked().at(-1)?.form.get('RoleArn')).toBe(role('AdminReadOnly'));
    expect(await stage.credentialsFile()).toContain('assumed-role/AdminReadOnly/bob');
  });

  it('shows what AWS refused, and trying again may help', async () => {
    stage.rehearsal.onSts = () =>
      stsError(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML');
    await stage.logIn('bob', { roleArn: role('Admin') });
    await popup.reads(`AWS does not let this login assume ${role('Admin')}.`);
    await expect.poll(() => stage.badge(), soon).toBe('!');
    stage.rehearsal.onSts = undefined;
    await popup.reopen();
    await popup.press('Try again');
    await savedAs(popup, 'admin');
  });

  it('shows a host that dies in the middle of a write, and the next try goes through', async () => {
    const before = await fileOrNothing();
    await killHostDuringWrite(stage, popup);
    await popup.reopen();
    await popup.press('Try again');
    await popup.readsNoMore('The Roleferry host stopped before it answered');
    await expect.poll(fileOrNothing, soon).not.toBe(before);
  });

  it('says how to install a host that is missing, and needs no new start when it is there', async () => {
    const manifest = `${stage.home.path}/.mozilla/native-messaging-hosts/roleferry.json`;
    await rm(manifest);
    await stage.stopWorker();
    await popup.close();
    popup = await stage.openPopup();
    await popup.reads('node dist/node/roleferry.cjs install');
    await stage.installHost();
    await popup.readsNoMore('node dist/node/roleferry.cjs install');
  });

  it('keeps the logins of two containers apart, each under its name and in a profile of its own', async () => {
    const contexts = [await stage.browser.createBrowserContext(), await stage.browser.createBrowserContext()];
    const [work, home] = (await Promise.all(contexts.map((context) => context.newPage()))) as [Page, Page];
    await stage.logIn('alice', { page: work });
    await popup.reads('Container ');
    await popup.reopen();
    await savedAs(popup, 'work');
    await expect.poll(fileOrNothing, soon).toContain('[work]');
    const before = await stage.credentialsFile();
    await stage.logIn('alice', { page: home });
    await popup.reads('not saved');
    const names = (await popup.text()).match(/Container \d+/g) ?? [];
    expect(new Set(names).size).toBe(2);
    expect(await stage.credentialsFile()).toBe(before);
    await popup.reopen();
    await savedAs(popup, 'home');
    // That of the other entry can be read too.
    await expect.poll(fileOrNothing, soon).toMatch(/\[dev\].*\[work\].*\[home\]/s);
    const saved = await stage.credentialsFile();
    await stage.logIn('alice', { page: work });
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(saved);
    const changed = await stage.credentialsFile();
    const partOf = (file: string, name: string) =>
      file.split(/^(?=\[)/m).find((part) => part.startsWith(`[${name}]`));
    expect(partOf(changed, 'home')).toBe(partOf(saved, 'home'));
    expect(partOf(changed, 'dev')).toBe(partOf(saved, 'dev'));
    expect(partOf(changed, 'work')).not.toBe(partOf(saved, 'work'));
    for (const context of contexts) await context.close();
  });

  it('keeps bindings over a new start of the browser, and no secret', async () => {
    await stage.restart();
    popup = await stage.openPopup();
    await popup.reads('dev');
    const copies = () =>
      popup.page.$$eval('.copy', (buttons) => buttons.map((one) => one.getAttribute('aria-label')));
    // What lasts in the file can be named to a shell; its credentials are not here any more.
    await expect.poll(async () => new Set(await copies()), soon).toEqual(new Set(['Copy AWS_PROFILE']));
    const first = await stage.credentialsFile();
    await stage.logIn('alice');
    await expect.poll(() => stage.credentialsFile(), soon).not.toBe(first);
  });

  it('says that Firefox keeps bodies of about 1 MB to itself', async () => {
    const asked = stsAsked().length;
    const page = await stage.browser.newPage();
    await page.goto('https://notes.rehearsal.test/');
    await submitForm(page, { fields: [['SAMLResponse', 'A'.repeat(1_100_000)]] });
    await popup.reads('The last login can’t be used');
    await popup.reads('The browser did not pass on the data of the login');
    expect(stsAsked().length).toBe(asked);
    await expect.poll(() => stage.badge(), soon).toBe('!');
  });
});
