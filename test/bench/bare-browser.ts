import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer';
import { launchChromium } from '../rehearsal/chromium.ts';
import { makeScratchHome } from '../rehearsal/scratch-home.ts';
import type { Rehearsal } from '../rehearsal/server.ts';

/** An extension that does next to nothing. */
export const bareExtension = fileURLToPath(new URL('bare-extension', import.meta.url));

/** A browser in front of the rehearsal that has not the product, but what `extensionDirs` hold. */
export async function openBareBrowser(rehearsal: Rehearsal, extensionDirs: string[] = []) {
  const home = await makeScratchHome(rehearsal.caCertificatePem);
  try {
    const browser = await launchChromium({ rehearsal, home, extensionDirs });
    return {
      browser,
      close: async () => {
        await browser.close();
        await home.close();
      },
    };
  } catch (error) {
    await home.close();
    throw error;
  }
}

/** The base address of the bare extension's own pages. */
export async function bareUrl(browser: Browser): Promise<string> {
  const worker = 'worker.js';
  const target = await browser.waitForTarget(
    (one) => one.type() === 'service_worker' && one.url().endsWith(`/${worker}`),
  );
  return target.url().slice(0, -worker.length);
}
