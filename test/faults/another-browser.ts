import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { popupOn, type Stage } from '../e2e/stage.ts';
import { launchChromium, userDataDirOf } from '../rehearsal/chromium.ts';
import { userNamed } from '../rehearsal/world.ts';

/** A browser with the product, beside or after that of a stage, in the same home. */
export interface AnotherBrowser {
  browser: Browser;
  logIn(user: string): Promise<void>;
  /** Opens the popup, waits until `text` can be read there, and closes it. */
  popupReads(text: string): Promise<void>;
  close(): Promise<void>;
}

/** The built product. */
export const extensionDir = fileURLToPath(new URL('../../dist/chromium', import.meta.url));

/** Restarts a stage's browser, or starts one with another data folder if given a name. */
export async function openBrowser(stage: Stage, folder?: string): Promise<AnotherBrowser> {
  const { rehearsal } = stage;
  const home = folder === undefined ? stage.home : { ...stage.home, path: join(stage.home.path, folder) };
  await mkdir(home.path, { recursive: true });
  await stage.roleferry('install', '--browser', 'chromium', '--user-data-dir', userDataDirOf(home));
  const browser = await launchChromium({ rehearsal, home, extensionDirs: [extensionDir] });
  await browser.waitForTarget((target) => target.type() === 'service_worker');
  return {
    browser,
    async logIn(user) {
      const page = await browser.newPage();
      await page.goto(`https://${userNamed(rehearsal.world, user).idp.host}/?user=${user}`);
      // Not with the mouse, which reaches only the tab in front: a new extension opens a tab of its own.
      await Promise.all([page.waitForSelector('#role'), page.$eval('button', (button) => button.click())]);
      await page.close();
    },
    async popupReads(text) {
      const page = await browser.newPage();
      await page.goto(`chrome-extension://${chromiumExtensionId}/src/popup/index.html`);
      await popupOn(page).reads(text);
      await page.close();
    },
    close: () => browser.close(),
  };
}
