import { type NamedParts, type Popup, popupOn } from '../e2e/stage.ts';
import type { Firefox } from '../rehearsal/firefox.ts';

/** Firefox takes half a second for each question about its accessibility tree; Chromium is asked for the same names. */
const byMarkup: NamedParts = {
  profileField: labelled('input', 'Profile name'),
  button: (name) => `::-p-xpath(.//button[normalize-space()="${name}" or @aria-label="${name}"])`,
  menu: (name) => labelled('select', name),
  cardOf: (role, account) => `section[aria-label="${role}, account ${account}"]`,
};

function labelled(element: string, name: string): string {
  return `::-p-xpath(.//${element}[@aria-label="${name}" or @id=//label[normalize-space()="${name}"]/@for])`;
}

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
  return { ...popupOn(page, byMarkup), reopen: show, close };
}
