import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { type Popup, popupOn } from '../e2e/stage.ts';
import { launchChromium, userDataDirOf } from '../rehearsal/chromium.ts';
import type { ScratchHome } from '../rehearsal/scratch-home.ts';
import type { Rehearsal } from '../rehearsal/server.ts';
import { userNamed } from '../rehearsal/world.ts';

/** A browser that a person uses, with the extension in it. */
export interface OpenBrowser {
  /** Logs in at the user's identity provider, and waits for the page that AWS ends on. */
  logIn(user: string): Promise<void>;
  openPopup(): Promise<Popup>;
  close(): Promise<void>;
}

/** Makes the browser of `home` one that a person has used: in its usual folder, where install looks for it. */
export async function prepareChromium(home: ScratchHome): Promise<void> {
  const usual = join(home.path, '.config/chromium');
  await mkdir(usual, { recursive: true });
  await symlink(usual, userDataDirOf(home));
}

/** Starts Chromium with the unpacked extension in `extensionDir`. */
export async function openChromium(
  rehearsal: Rehearsal,
  home: ScratchHome,
  extensionDir: string,
): Promise<OpenBrowser> {
  const browser = await launchChromium({ rehearsal, home, extensionDirs: [extensionDir] });
  try {
    await browser.waitForTarget(
      (target) => target.type() === 'service_worker' && new URL(target.url()).host === chromiumExtensionId,
    );
  } catch (error) {
    await browser.close();
    throw error;
  }
  return {
    async logIn(user) {
      const page = await browser.newPage();
      await page.goto(`https://${userNamed(rehearsal.world, user).idp.host}/?user=${user}`);
      // Not with the mouse, which reaches only the tab in front: a new extension opens a tab of its own.
      await Promise.all([page.waitForSelector('#role'), page.$eval('button', (button) => button.click())]);
      await page.close();
    },
    async openPopup() {
      const page = await browser.newPage();
      await page.goto(`chrome-extension://${chromiumExtensionId}/src/popup/index.html`);
      await page.waitForSelector('h1');
      return popupOn(page);
    },
    close: () => browser.close(),
  };
}
