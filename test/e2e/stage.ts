import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser, Page } from 'puppeteer';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { ok } from '../../src/core/result.ts';
import { withLock } from '../../src/disk/lock.ts';
import { launchChromium, userDataDirOf } from '../rehearsal/chromium.ts';
import { forExtension } from '../rehearsal/chromium-policy.ts';
import { makeScratchHome, type ScratchHome } from '../rehearsal/scratch-home.ts';
import { type Rehearsal, startRehearsal } from '../rehearsal/server.ts';
import { stopWorkers } from '../rehearsal/stop-workers.ts';
import { userNamed } from '../rehearsal/world.ts';
import { openTab } from './open-tab.ts';

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
  /** Logs in at the user's identity provider, in a new tab or `page`, and waits for the page that AWS ends on. */
  logIn(user: string, options?: { roleArn?: string; page?: Page }): Promise<Page>;
  /** Opens the popup's page in a tab, or that of the options. */
  openPopup(page?: 'popup' | 'options'): Promise<Popup>;
  /** Opens a file of the extension in a tab. */
  openFile(path: string): Promise<Page>;
  /** Stops the service worker, as the browser does with an idle one, and waits until it has stopped. */
  stopWorker(): Promise<void>;
  badge(): Promise<string>;
  /** What is on the clipboard, as an ordinary page reads it. */
  clipboard(): Promise<string>;
  credentialsFile(): Promise<string>;
  /** Keeps every writer of the credentials file waiting, as another writer does. */
  holdWrites(): Promise<{ release(): Promise<void> }>;
  close(): Promise<void>;
}

/** The popup as a person meets it: by the names of its parts. */
export interface Popup {
  page: Page;
  /** All that can be read. */
  text(): Promise<string>;
  /** Waits until `text` can be read. */
  reads(text: string): Promise<void>;
  /** Waits until `text` is gone. */
  readsNoMore(text: string): Promise<void>;
  press(button: string): Promise<void>;
  choose(menu: string, value: string): Promise<void>;
  profileName(): Promise<string>;
  typeProfileName(name: string): Promise<void>;
  /** Sets a name in the field without the keyboard, so it may contain what nobody can type. */
  forceProfileName(name: string): Promise<void>;
  /** Whether the button that saves can be pressed. */
  maySave(): Promise<boolean>;
  /** Where that button is; CSS pixels. */
  saveButtonAt(): Promise<{ x: number; y: number }>;
  /** All that can be read about the newest login, once there is one. */
  newestCard(): Promise<string>;
  /** Waits until the credentials of a role can be copied. */
  offersToCopy(role: string, account: string): Promise<void>;
  /** How many roles there are to choose from. */
  choices(): Promise<number>;
  /** Opens it again in the same tab. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export interface StageOptions {
  /** `false`: the native host is not installed. */
  host?: boolean;
  /** `false`: the browser has a window. */
  headless?: boolean;
  /** Unpacked extensions beside the product. */
  otherExtensions?: string[];
  /** Another copy of the unpacked product than the one in `dist`. */
  extension?: string;
  /** `true`: the page of the first run, which opens in front of all others, stays open. */
  firstRun?: boolean;
  /** What an administrator sets for the extension. */
  policy?: Record<string, unknown>;
}

/** Starts everything in a home folder of its own. A failure on the way leaves nothing behind. */
export const openStage = (options: StageOptions = {}): Promise<Stage> =>
  openInOrder((keep, close) => setStage(options, keep, close));

type Closable = Pick<Stage, 'close'>;

/** Takes what was opened into care, and gives it back. */
export type Keep = <T extends Closable>(one: T) => T;

/**
 * Opens things that need each other: `keep` takes each once it is open, `close` closes them all. A failure on the way
 * closes what was opened before it.
 */
export async function openInOrder<T>(
  open: (keep: Keep, close: () => Promise<void>) => Promise<T>,
): Promise<T> {
  const opened: Closable[] = [];
  // The last that was opened is the first to close: a browser before the home that it writes to.
  const close = async () => {
    for (const one of opened.reverse()) await one.close();
  };
  const keep: Keep = (one) => {
    opened.push(one);
    return one;
  };
  try {
    return await open(keep, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function setStage(options: StageOptions, keep: Keep, close: () => Promise<void>): Promise<Stage> {
  const rehearsal = keep(await startRehearsal());
  const home = keep(await makeScratchHome(rehearsal.caCertificatePem));
  const roleferry = (...args: string[]) =>
    run(process.execPath, [`${dist}node/roleferry.cjs`, ...args], { env: home.env });
  const installHost = async () => {
    await roleferry('install', '--browser', 'chromium', '--user-data-dir', userDataDirOf(home));
  };
  if (options.host !== false) await installHost();
  const { headless = true, otherExtensions = [], extension = `${dist}chromium`, policy } = options;
  const extensionDirs = [extension, ...otherExtensions];
  const policies = policy && { policies: forExtension(policy) };
  const browser = keep(await launchChromium({ rehearsal, home, headless, extensionDirs, ...policies }));
  const workerUrl = `chrome-extension://${chromiumExtensionId}/`;
  await browser.waitForTarget(
    (target) => target.type() === 'service_worker' && target.url().startsWith(workerUrl),
  );
  if (options.firstRun !== true) await closeFirstRun(browser);
  const openFile = (path: string) => openTab(browser, `chrome-extension://${chromiumExtensionId}/${path}`);

  return {
    rehearsal,
    home,
    browser,
    roleferry,
    installHost,
    async logIn(user, { roleArn, page: given } = {}) {
      const url = `https://${userNamed(rehearsal.world, user).idp.host}/?user=${user}`;
      const page = given ?? (await openTab(browser, url));
      if (given !== undefined) {
        // The mouse reaches only the tab in front.
        await page.bringToFront();
        await page.goto(url);
      }
      await submitLogin(page, 'button', roleArn);
      return page;
    },
    openFile,
    async openPopup(name = 'popup') {
      const page = await openFile(`src/${name}/index.html`);
      await page.waitForSelector(shown);
      return popupOn(page);
    },
    stopWorker: () => stopWorkers(browser),
    async badge() {
      const page = await openFile('manifest.json');
      const text = await page.evaluate('chrome.action.getBadgeText({})');
      await page.close();
      return String(text);
    },
    async clipboard() {
      const origin = 'https://notes.rehearsal.test';
      await browser.defaultBrowserContext().overridePermissions(origin, ['clipboard-read']);
      const page = await openTab(browser, `${origin}/`);
      const text = await page.evaluate(() => navigator.clipboard.readText());
      await page.close();
      return text;
    },
    holdWrites: () => holdLock(home.credentialsFile),
    credentialsFile: () => readFile(home.credentialsFile, 'utf8'),
    close,
  };
}

/** Waits for the first-run page, and closes it: it would come to the front and take the click that is meant for another tab. */
export async function closeFirstRun(browser: Browser): Promise<void> {
  const target = await browser.waitForTarget((one) => one.url().includes('/src/first-run/'));
  await (await target.page())?.close();
}

/** Presses the button that logs in, and waits for the page that AWS ends on: after a choice if one is given. */
export async function submitLogin(page: Page, button: string, roleArn?: string): Promise<void> {
  await Promise.all([page.waitForSelector('#role, [name=roleIndex], [role=alert]'), page.click(button)]);
  if (roleArn === undefined) return;
  await page.click(`[value="${roleArn}"]`);
  await Promise.all([page.waitForSelector('#role'), page.click('#signin_button')]);
}

/** Holds a credentials file's lock until told to release it. */
export async function holdLock(file: string): Promise<{ release(): Promise<void> }> {
  const { promise: released, resolve: release } = deferred();
  const { promise: held, resolve: isHeld } = deferred();
  const done = withLock(file, async () => {
    isHeld();
    await released;
    return ok(undefined);
  });
  await held;
  return {
    async release() {
      release();
      await done;
    },
  };
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

/** The native hosts that the browser of a stage has running, by process id. */
export async function hostProcesses({ home }: Pick<Stage, 'home'>): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const isOurs = async (pid: number) => {
    const [command, environment] = await Promise.all(
      ['cmdline', 'environ'].map((file) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '')),
    );
    return (
      /native-host\.cjs|roleferry\.bin\0chrome-extension/.test(command ?? '') &&
      environment?.includes(`HOME=${home.path}\0`)
    );
  };
  const ours = await Promise.all(pids.map(isOurs));
  return pids.filter((_, index) => ours[index]);
}

/** Saves the newest login's credentials under a name, and waits until they are written. */
export async function savedAs(popup: Popup, name: string): Promise<void> {
  await popup.typeProfileName(name);
  await popup.press('Save');
  await popup.reads('Saved.');
}

/** What the popup's page is found by: all that a change of its markup may concern. */
const shown = 'h1';
const card = 'section.card';
const roleButtons = '.choices > li';

/** Selectors of puppeteer for the parts of the popup that have names. */
export interface NamedParts {
  profileField: string;
  button(name: string): string;
  menu(name: string): string;
  cardOf(role: string, account: string): string;
}

/** By what the browser tells screen readers. */
const byAccessibility: NamedParts = {
  // In the popup it offers names to complete from, in the options it is plain.
  profileField: ['combobox', 'textbox']
    .map((role) => `::-p-aria([name="Profile name"][role="${role}"])`)
    .join(', '),
  button: (name) => `::-p-aria([name="${name}"][role="button"])`,
  menu: (name) => `::-p-aria([name="${name}"][role="combobox"])`,
  cardOf: (role, account) => `::-p-aria([name="${role}, account ${account}"])`,
};

/** The popup's page, which a browser was told to open in a tab. */
export function popupOn(page: Page, parts = byAccessibility): Popup {
  // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered is read by a person
  const text = () => page.$eval('body', (body) => (body as HTMLElement).innerText);
  return {
    page,
    text,
    reads: async (wanted) => {
      // A tab behind another one does not render.
      await page.bringToFront();
      await page
        // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered is read by a person
        .waitForFunction((part) => document.body.innerText.includes(part), {}, wanted)
        .catch(async (error: unknown) => {
          throw new Error(`“${wanted}” cannot be read; what can be is:\n${await text()}`, { cause: error });
        });
    },
    readsNoMore: async (unwanted) => {
      await page.bringToFront();
      await page
        // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered is read by a person
        .waitForFunction((part) => !document.body.innerText.includes(part), {}, unwanted)
        .catch(async (error: unknown) => {
          throw new Error(`“${unwanted}” can still be read, in:\n${await text()}`, { cause: error });
        });
    },
    async press(button) {
      await page.bringToFront();
      await page.locator(parts.button(button)).click();
    },
    async choose(menu, value) {
      await page.bringToFront();
      await page.locator(parts.menu(menu)).fill(value);
    },
    async profileName() {
      await page.bringToFront();
      return page
        .locator(parts.profileField)
        .map((input) => (input as HTMLInputElement).value)
        .wait();
    },
    async typeProfileName(name) {
      await page.bringToFront();
      await page.locator(parts.profileField).fill(name);
    },
    async forceProfileName(name) {
      await page.bringToFront();
      const field = await page.waitForSelector(parts.profileField);
      await field?.evaluate((element, value) => {
        (element as HTMLInputElement).value = value;
        element.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }, name);
    },
    async maySave() {
      await page.bringToFront();
      const button = await page.waitForSelector(parts.button('Save'));
      return (await button?.evaluate((element) => !(element as HTMLButtonElement).disabled)) === true;
    },
    async saveButtonAt() {
      await page.bringToFront();
      const button = await page.waitForSelector(parts.button('Save'));
      if (button === null) throw new Error('There is no button to save.');
      // Below a long card it is out of the window.
      await button.scrollIntoView();
      return button.clickablePoint();
    },
    async newestCard() {
      await page.bringToFront();
      const newest = await page.waitForSelector(card);
      // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered is read by a person
      return (await newest?.evaluate((element) => (element as HTMLElement).innerText)) ?? '';
    },
    async offersToCopy(role, account) {
      await page.bringToFront();
      await page.waitForSelector(`${parts.cardOf(role, account)} ${parts.button('Copy as env vars')}`);
    },
    choices: () => page.$$eval(roleButtons, (buttons) => buttons.length),
    async reopen() {
      await page.bringToFront();
      await page.reload();
      await page.waitForSelector(shown);
    },
    close: () => page.close(),
  };
}
