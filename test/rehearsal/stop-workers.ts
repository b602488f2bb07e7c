import type { Browser } from 'puppeteer';

/**
 * Stops the service workers of Chromium's extensions, as it does with idle ones. Resolves once each has stopped; one
 * that an event waits for starts again right then.
 */
export async function stopWorkers(browser: Browser): Promise<void> {
  // Only tabs have this part of the protocol.
  const tab = await browser.waitForTarget((target) => target.type() === 'page');
  const protocol = await tab.createCDPSession();
  try {
    await protocol.send('ServiceWorker.enable');
    // The end of a worker's target says less: where puppeteer still looks at a worker that has just been started, the
    // target outlives the stop, and the worker that starts next has the same one.
    await protocol.send('ServiceWorker.stopAllWorkers');
  } finally {
    await protocol.detach();
  }
}
