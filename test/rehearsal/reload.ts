import type { Page } from 'puppeteer';
import type { Stage } from '../e2e/stage.ts';

/** The pages of the extension that are open, with the place of each in the extension: `src/options/index.html#history`. */
export async function extensionPages({ browser }: Stage): Promise<{ page: Page; path: string }[]> {
  const pages = await browser.pages();
  return pages.flatMap((page) => {
    const path = /^(?:chrome|moz)-extension:\/\/[^/]+\/(src\/.*)/.exec(page.url())?.[1];
    return path === undefined ? [] : [{ page, path }];
  });
}

/** Loads the open pages of the extension anew. The background goes on, with all that it knows. */
export async function reloadPages(stage: Stage): Promise<void> {
  for (const { page } of await extensionPages(stage)) {
    // puppeteer's own way waits for events that Firefox does not send for these pages.
    await page.evaluate('globalThis.isOld = true; setTimeout(() => location.reload())');
    await page.waitForFunction("!globalThis.isOld && document.querySelector('h1') !== null");
  }
}

/**
 * Loads the whole extension anew from the folder that it was built into, and opens its pages again. A browser forgets
 * `storage.session` then: what was in it, such as logins, is put back.
 */
export async function reloadExtension(stage: Stage, folder: string): Promise<void> {
  const paths = (await extensionPages(stage)).map(({ path }) => path);
  const kept = await inExtension(stage, (page) => page.evaluate('chrome.storage.session.get(null)'));
  await stage.browser.installExtension(folder);
  await inExtension(stage, (page) => page.evaluate(`chrome.storage.session.set(${JSON.stringify(kept)})`));
  // It has read its storage already; the next one reads what was put back.
  await stage.stopWorker();
  for (const { page } of await extensionPages(stage)) await page.close();
  for (const path of paths) {
    const page = await stage.openFile(path);
    await page.waitForSelector('h1');
  }
}

async function inExtension<T>(stage: Stage, act: (page: Page) => Promise<T>): Promise<T> {
  const { page, close } = await stage.openPopup('popup');
  try {
    return await act(page);
  } finally {
    await close();
  }
}
