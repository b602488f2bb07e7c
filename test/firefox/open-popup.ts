import { type Popup, popupOn } from '../e2e/stage.ts';
import type { Firefox } from '../rehearsal/firefox.ts';

/** Opens the page of the popup in a tab, or another one of the extension. */
export async function openPopup(
  firefox: Firefox,
  name: 'popup' | 'options' | 'first-run' = 'popup',
): Promise<Popup> {
  const page = await firefox.browser.newPage();
  // puppeteer's own ways to load a page wait for events that Firefox does not send for these.
  const show = async () => {
    await firefox.showExtensionPage(page, `src/${name}/index.html`);
    await page.waitForSelector('h1');
  };
  const close = async () => {
    // WebDriver leaves a window its last tab, without a word.
    await firefox.system("if (gBrowser.tabs.length === 1) gBrowser.addTrustedTab('about:blank')");
    await page.close();
  };
  await show();
  return { ...popupOn(page), reopen: show, close };
}
