import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNotingBrowser, type NotingBrowser } from '../e2e/noting-browser.ts';
import { hostProcesses, type Popup } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { soon } from '../soon.ts';
import { type FirefoxStage, openFirefoxStage } from './stage.ts';

const run = promisify(execFile);
const missing = needs('firefox').missing || needs('certutil').missing;

const link = 'https://idp.rehearsal.test/?user=dave';

/** Beside test/e2e/on-demand.test.ts: what keeps the event page alive while tools may ask. */
describe.skipIf(missing)('on-demand profiles, in Firefox', () => {
  let stage: FirefoxStage;
  let popup: Popup;
  let browser: NotingBrowser;

  beforeAll(async () => {
    stage = await openFirefoxStage();
    // The event page has so little time that it would be gone before a tool asks.
    await stage.setPatience(500);
    popup = await stage.openPopup();
    browser = await makeNotingBrowser(stage.home);
    const settings = { signInLinks: { 'https://idp.rehearsal.test/metadata': link } };
    await popup.page.evaluate(
      `chrome.runtime.sendMessage(${JSON.stringify({ type: 'change-settings', settings })})`,
    );
  });

  afterAll(() => stage?.close());

  const config = () => readFile(stage.home.configFile, 'utf8');
  const asked = () =>
    stage.rehearsal.requests
      .filter(({ action }) => action === 'AssumeRoleWithSAML')
      .map(({ form }) => form.get('RoleArn')?.split('/').at(-1));

  /** What an AWS tool does with the profile: it runs its line in the config file. */
  async function use(profile: string): Promise<void> {
    const section = new RegExp(`\\[profile ${profile}\\]\\ncredential_process = (.*)`).exec(await config());
    const { stdout } = await run('/bin/sh', ['-c', section?.[1] ?? ''], { env: browser.env });
    expect(JSON.parse(stdout)).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/) });
  }

  /** Waits until the browser would have stopped the event page, and didn't because of its port to the host. */
  const sparedForItsPort = () =>
    stage.system(`await new Promise((resolve) => {
      const look = (_, { reason }) => {
        if (reason !== 'nativeapp') return;
        extension.off('background-script-reset-idle', look);
        resolve();
      };
      extension.on('background-script-reset-idle', look);
    })`);

  it('are made for all roles of a login, and AWS is asked for none', async () => {
    await stage.logIn('dave');
    await popup.press('Make profiles for all 40…');
    await popup.reads('project-01');
    await popup.press('Make 40 profiles');
    await popup.reads('40 profiles made');
    const lines = (await config()).match(/^credential_process = .* --profile project-\d+ --login$/gm);
    expect(lines).toHaveLength(40);
    expect(asked()).toEqual([]);
    await popup.close();
  });

  it('are redeemed from the open login when a tool asks, with no page of the extension open', async () => {
    await sparedForItsPort();
    await use('project-07');
    expect(asked()).toEqual(['Project-07']);
  });

  it('are had through the sign-in link once no login is open', async () => {
    const page = await stage.openFile('third-party-licenses.txt');
    await page.evaluate('chrome.storage.session.clear()');
    await stage.stopWorker();
    await page.close();
    await expect.poll(() => hostProcesses(stage), soon).toEqual([]);
    const used = use('project-08');
    expect(await browser.address()).toBe(link);
    await stage.logIn('dave');
    await used;
    expect(asked()).toContain('Project-08');
  });
});
