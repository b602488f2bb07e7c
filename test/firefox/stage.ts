import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { firefoxExtensionId } from '../../src/core/product.ts';
import {
  holdLock,
  type Keep,
  openInOrder,
  type Popup,
  type Stage,
  type StageOptions,
  submitLogin,
} from '../e2e/stage.ts';
import { launchFirefox } from '../rehearsal/firefox.ts';
import { makeScratchHome } from '../rehearsal/scratch-home.ts';
import { startRehearsal } from '../rehearsal/server.ts';
import { userNamed } from '../rehearsal/world.ts';
import { openPopup } from './open-popup.ts';

const dist = fileURLToPath(new URL('../../dist/', import.meta.url));
const run = promisify(execFile);

/** The built product in a real Firefox, in front of the rehearsal AWS. */
export interface FirefoxStage extends Stage {
  /** Opens a page of the extension in a tab. */
  openPopup(page?: 'popup' | 'options' | 'first-run'): Promise<Popup>;
  /** Runs the body of an async function with the rights of the browser's own code; `extension` is the product's. */
  system(body: string): Promise<unknown>;
  /** Whether the event page runs: `running`, `starting`, `stopped` and so on. */
  eventPage(): Promise<string>;
  /** Presses the button of the browser's own question about permissions that says yes, once it is asked. */
  allow(): Promise<void>;
  /** The text of that question, once it is asked. */
  question(): Promise<string>;
  /** Closes the browser and starts it again with the same profile. */
  restart(): Promise<void>;
  /** Stops the event page, and has the browser stop the next ones when they had nothing to do for so long; milliseconds. */
  setPatience(milliseconds: number): Promise<void>;
}

export interface FirefoxStageOptions extends Omit<StageOptions, 'otherExtensions'> {
  /** `false`: the user has not given the extension its hosts. */
  permission?: boolean;
}

/** Starts everything in a home folder of its own. A failure on the way leaves nothing behind. */
export const openFirefoxStage = (options: FirefoxStageOptions = {}): Promise<FirefoxStage> =>
  openInOrder((keep, close) => setStage(options, keep, close));

async function setStage(
  options: FirefoxStageOptions,
  keep: Keep,
  close: () => Promise<void>,
): Promise<FirefoxStage> {
  const { headless = true, permission = true } = options;
  const rehearsal = keep(await startRehearsal());
  const home = keep(await makeScratchHome());
  const roleferry = (...args: string[]) =>
    run(process.execPath, [`${dist}node/roleferry.cjs`, ...args], { env: home.env });
  const installHost = async () => {
    await roleferry('install', '--browser', 'firefox');
  };
  if (options.host !== false) await installHost();
  const launch = () =>
    launchFirefox({ rehearsal, home, extensionDir: `${dist}firefox`, permission, headless });
  let firefox = await launch();
  keep({ close: () => firefox.close() });

  const system = (body: string) =>
    firefox.system(
      `const extension = WebExtensionPolicy.getByID(${JSON.stringify(firefoxExtensionId)})?.extension; ${body}`,
    );
  // Only the state of its panel tells whether a question is asked; no event tells the outside.
  const asked = (act: string) =>
    system(`
      const panel = document.getElementById('notification-popup');
      const question = () => panel.state === 'open' && panel.querySelector('#addon-webext-permissions-notification');
      if (!question()) {
        await new Promise((resolve) => {
          const look = () => {
            if (!question()) return;
            panel.removeEventListener('popupshown', look);
            resolve();
          };
          panel.addEventListener('popupshown', look);
          look();
        });
      }
      ${act}
    `);

  const stage: FirefoxStage = {
    rehearsal,
    home,
    get browser() {
      return firefox.browser;
    },
    roleferry,
    installHost,
    system,
    async logIn(user, { roleArn, page: given } = {}) {
      const page = given ?? (await firefox.browser.newPage());
      await page.bringToFront();
      await page.goto(`https://${userNamed(rehearsal.world, user).idp.host}/?user=${user}`);
      await submitLogin(page, 'button', roleArn);
      return page;
    },
    async openFile(path) {
      const page = await firefox.browser.newPage();
      await firefox.showExtensionPage(page, path);
      return page;
    },
    openPopup: (name) => openPopup(firefox, name),
    async stopWorker() {
      await system('await extension.terminateBackground({ disableResetIdleForTest: true })');
    },
    eventPage: async () => String(await system('return extension.backgroundState')),
    async allow() {
      // Its buttons do nothing for a moment, so that nobody presses them by accident.
      await asked("question().button.click(); return ''");
    },
    question: async () => String(await asked('return question().textContent')),
    async badge() {
      return String(
        await system(`
          const { Management } = ChromeUtils.importESModule('resource://gre/modules/Extension.sys.mjs');
          const { action } = Management.global.browserActionFor(extension);
          return action.getProperty(null, 'badgeText') ?? '';
        `),
      );
    },
    async clipboard() {
      return String(
        await system(`
          const transferable = Cc['@mozilla.org/widget/transferable;1'].createInstance(Ci.nsITransferable);
          transferable.init(null);
          transferable.addDataFlavor('text/plain');
          Services.clipboard.getData(transferable, Services.clipboard.kGlobalClipboard);
          const data = {};
          transferable.getTransferData('text/plain', data);
          return data.value.QueryInterface(Ci.nsISupportsString).data;
        `),
      );
    },
    holdWrites: () => holdLock(home.credentialsFile),
    credentialsFile: () => readFile(home.credentialsFile, 'utf8'),
    async restart() {
      await firefox.close();
      firefox = await launch();
    },
    async setPatience(milliseconds) {
      await system(`Services.prefs.setIntPref('extensions.background.idle.timeout', ${milliseconds})`);
      // The one that runs has its time already.
      await stage.stopWorker();
    },
    close,
  };
  return stage;
}
