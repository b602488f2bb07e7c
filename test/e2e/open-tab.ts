import type { Browser, Page } from 'puppeteer';

/**
 * Opens an address in a new tab, in front of all others, and waits until it is loaded. The browser makes the tab for this
 * address, as from a link: half the work of an empty tab that goes there after.
 */
export async function openTab(browser: Browser, url: string): Promise<Page> {
  const before = new Set(browser.targets());
  const protocol = await browser.target().createCDPSession();
  try {
    await protocol.send('Target.createTarget', { url });
  } finally {
    await protocol.detach();
  }
  const target = await browser.waitForTarget((one) => !before.has(one) && one.url() === url);
  const page = await target.page();
  if (page === null) throw new Error(`${url} opened in no tab.`);
  // A tab begins with an empty page, which is loaded too.
  await page.waitForFunction(() => location.href !== 'about:blank' && document.readyState === 'complete');
  return page;
}
