import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page, WebWorker } from 'puppeteer';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { launchChromium, userDataDirOf } from '../rehearsal/chromium.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const run = promisify(execFile);

/** The built product in a real browser, in front of the rehearsal AWS. */
export interface Stage {
  rehearsal: Rehearsal;
  home: ScratchHome;
  browser: Browser;
  /** Runs the built CLI in the scratch home. */
  roleferry(...args: string[]): Promise<{ stdout: string; stderr: string }>;
  /** Registers the native host, as a person does. */
  installHost(): Promise<void>;
  /** Logs in at the identity provider in a new tab and waits for the page that AWS ends on. */
  logIn(user: string, options?: { roleArn?: string }): Promise<Page>;
  /** Opens the popup's page in a tab. */
  openPopup(): Promise<Popup>;
  /** Stops the service worker, as the browser does with an idle one. */
  stopWorker(): Promise<void>;
  badge(): Promise<string>;
  credentialsFile(): Promise<string>;
  close(): Promise<void>;
}

/** The popup as a person meets it: by the names of its parts. */
export interface Popup {
  page: Page;
  /** All that can be read. */
  text(): Promise<string>;
  /** Waits until `text` can be read. */
  reads(text: string): Promise<void>;
  press(button: string): Promise<void>;
  profileName(): Promise<string>;
  typeProfileName(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts everything in a home of its own. With `host: false` the native host is not installed. */
export async function openStage(options: { host?: boolean } = {}): Promise<Stage> {
  const rehearsal = await startRehearsal();
  const home = await makeScratchHome(rehearsal.caCertificatePem);
  const roleferry = (...args: string[]) =>
    run(process.execPath, [`${dist}node/roleferry.mjs`, ...args], { env: home.env });
  const installHost = async () => {
    await roleferry('install', '--browser', 'chromium', '--user-data-dir', userDataDirOf(home));
  };
  if (options.host !== false) await installHost();
  const browser = await launchChromium({ rehearsal, home, extensionDir: `${dist}chromium` });
  const workerTarget = () => browser.waitForTarget((target) => target.type() === 'service_worker');
  await workerTarget();

  return {
    rehearsal,
    home,
    browser,
    roleferry,
    installHost,
    async logIn(user, { roleArn } = {}) {
      const page = await browser.newPage();
      await page.goto(`https://idp.rehearsal.test/?user=${user}`);
      await Promise.all([page.waitForSelector('#role, [name=roleIndex], [role=alert]'), page.click('button')]);
      if (roleArn !== undefined) {
        await page.click(`[value="${roleArn}"]`);
        await Promise.all([page.waitForSelector('#role'), page.click('#signin_button')]);
      }
      return page;
    },
    async openPopup() {
      const page = await browser.newPage();
      await page.goto(`chrome-extension://${chromiumExtensionId}/src/popup/index.html`);
      await page.waitForSelector('h1');
      return popupOn(page);
    },
    async stopWorker() {
      const target = await workerTarget();
      await ((await target.worker()) as WebWorker).close();
    },
    async badge() {
      const page = await browser.newPage();
      await page.goto(`chrome-extension://${chromiumExtensionId}/src/popup/index.html`);
      const text = await page.evaluate('chrome.action.getBadgeText({})');
      await page.close();
      return String(text);
    },
    credentialsFile: () => readFile(home.credentialsFile, 'utf8'),
    async close() {
      await browser.close();
      await rehearsal.close();
      await home.close();
    },
  };
}

function popupOn(page: Page): Popup {
  const text = () => page.$eval('body', (body) => (body as HTMLElement).innerText);
  return {
    page,
    text,
    reads: async (wanted) => {
      await page.waitForFunction((part) => document.body.innerText.includes(part), {}, wanted);
    },
    press: (button) => page.locator(`::-p-aria([name="${button}"][role="button"])`).click(),
    profileName: () =>
      page
        .locator('::-p-aria([name="Profile name"][role="textbox"])')
        .map((input) => (input as HTMLInputElement).value)
        .wait(),
    typeProfileName: (name) => page.locator('::-p-aria([name="Profile name"][role="textbox"])').fill(name),
    close: () => page.close(),
  };
}
