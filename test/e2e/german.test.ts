import type { Browser, Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import german from '../../_locales/de/messages.json' with { type: 'json' };
import english from '../../_locales/en/messages.json' with { type: 'json' };
import { needs } from '../needs.ts';
import { launchChromium } from '../rehearsal/chromium.ts';
import { makeScratchHome } from '../rehearsal/scratch-home.ts';
import { startRehearsal } from '../rehearsal/server.ts';
import { firstRunScreens } from '../screenshots/first-run.ts';
import { germanCopy } from '../screenshots/german-copy.ts';
import { layoutFaults } from '../screenshots/layout-faults.ts';
import { optionsScreens } from '../screenshots/options.ts';
import { popupScreens } from '../screenshots/popup.ts';
import type { Screen } from '../screenshots/screen.ts';
import { showScreen, widths } from '../screenshots/show-screen.ts';
import { openInOrder } from './stage.ts';

const { missing } = needs('chromium');

/** As narrow as a popup may get; German words are long. */
const narrow = 360;

const textsOf = (messages: Record<string, { message: string }>) =>
  Object.values(messages).map(({ message }) => message);
// One language's “Profile” is the other's, only more of them.
const foreign = textsOf(english).filter((message) => !textsOf(german).includes(message));

// Screens are clicked through as for their pictures; where that opens nothing, everything that can be is opened.
const screens: Screen[] = [...popupScreens, ...optionsScreens, ...firstRunScreens].map((screen) => ({
  ...screen,
  act: screen.act ?? openAll,
}));

async function openAll(page: Page): Promise<void> {
  for (const title of await page.$$('.entry-title[aria-expanded="false"]')) await title.click();
  await page.$$eval('details', (all) => {
    for (const one of all) one.open = true;
  });
}

/** All words of a page: those that are seen, and those that assistive technology reads out. */
const wordsOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const words: (string | null)[] = [document.title];
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
      if (node instanceof Element) {
        words.push(
          ...['aria-label', 'placeholder', 'title'].map((name) => (node as Element).getAttribute(name)),
        );
      } else {
        words.push(node.textContent);
      }
    }
    return words.flatMap((one) => (one === null || one.trim() === '' ? [] : [one.trim()]));
  });

describe.skipIf(missing)('in German', () => {
  let browser: Browser;
  let close: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    await openInOrder(async (keep, closeAll) => {
      const rehearsal = keep(await startRehearsal());
      const home = keep(await makeScratchHome());
      const extension = await germanCopy(home.path);
      browser = keep(await launchChromium({ rehearsal, home, extensionDirs: [extension] }));
      close = closeAll;
    });
  });

  afterAll(() => close?.());

  it.each(screens)('$name has no word of English, no name of a text, and nothing cut off', async (screen) => {
    const page = await showScreen(browser, screen, { colours: 'light', width: screen.width ?? narrow });
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('de');
    const words = await wordsOf(page);
    // The background has put these into words already.
    const told = JSON.stringify([screen.view.policy.notes, screen.answers]);
    expect(words.filter((one) => foreign.includes(one) && !told.includes(one))).toEqual([]);
    expect(words.filter((one) => Object.keys(english).some((key) => one.includes(key)))).toEqual([]);
    expect(await layoutFaults(page)).toEqual([]);
    await page.setViewport({ width: screen.width ?? widths[screen.page], height: 600 });
    expect(await layoutFaults(page)).toEqual([]);
    await page.close();
  });
});
