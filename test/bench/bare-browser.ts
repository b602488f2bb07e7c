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

/** Stops the service worker under an address, as the browser does with an idle one, and waits until it is gone. */
export async function stopWorker(browser: Browser, url: string): Promise<void> {
  const protocol = await browser.target().createCDPSession();
  try {
    const { targetInfos } = await protocol.send('Target.getTargets');
    const found = targetInfos.find((one) => one.type === 'service_worker' && one.url.startsWith(url));
    if (found === undefined) return;
    const gone = new Promise<void>((resolve) => {
      protocol.on('Target.targetDestroyed', ({ targetId }) => {
        if (targetId === found.targetId) resolve();
      });
    });
    await protocol.send('Target.setDiscoverTargets', { discover: true });
    await protocol.send('Target.closeTarget', { targetId: found.targetId });
    await gone;
  } finally {
    await protocol.detach();
  }
}
