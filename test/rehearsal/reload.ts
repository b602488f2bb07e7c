import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer';
import type { Stage } from '../e2e/stage.ts';

/** A page of the extension, and its place there: `src/options/index.html#history`. */
interface ExtensionPage {
  page: Page;
  path: string;
}

/** The pages of the extension that are open. */
export async function extensionPages({ browser }: Stage): Promise<ExtensionPage[]> {
  const found: ExtensionPage[] = [];
  for (const page of await browser.pages()) {
    // puppeteer is not told of Firefox's ways to these pages. One may just be closing.
    const address = String(await page.evaluate('location.href').catch(() => ''));
    const path = /^(?:chrome|moz)-extension:\/\/[^/]+\/(src\/.*)/.exec(address)?.[1];
    if (path !== undefined) found.push({ page, path });
  }
  return found;
}

/** Reloads the extension's open pages. The background goes on with all its state. */
export async function reloadPages(stage: Stage): Promise<void> {
  for (const { page } of await extensionPages(stage)) {
    await page.evaluate('globalThis.isOld = true; setTimeout(() => location.reload())');
    const isThere = () => page.evaluate("!globalThis.isOld && document.querySelector('h1') !== null");
    // Firefox doesn't say when such a page has loaded, and between two pages there is none to ask.
    while (!(await isThere().catch(() => false))) await pause(50);
  }
}

/**
 * Reloads the whole extension from its build folder, and reopens its pages. A browser then empties `storage.session`,
 * so its content, such as logins, is restored.
 */
export async function reloadExtension(stage: Stage, folder: string): Promise<void> {
  const pages = await extensionPages(stage);
  const kept = await inExtension(stage, (page) => page.evaluate('chrome.storage.session.get(null)'));
  for (const { page } of pages) await page.close();
  await stage.browser.installExtension(folder);
  await inExtension(stage, (page) => page.evaluate(`chrome.storage.session.set(${JSON.stringify(kept)})`));
  // It has read its storage already; the next one reads what was put back.
  await stage.stopWorker();
  for (const { path } of pages) {
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
