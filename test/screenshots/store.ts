import { readFileSync } from 'node:fs';
import type { Browser } from 'puppeteer';
import type { Screen } from './screen.ts';
import { showScreen } from './show-screen.ts';

/** What the stores show: a state, under the name of its picture, and what is said beside it. */
export const storePictures: Record<string, string> = {
  'popup-at-work': 'Log in to AWS as usual. Your terminal has the credentials.',
  'popup-choice-ticked': 'Several roles from one login, each in a profile of its own.',
  'popup-explicit-yes': 'Long-lived keys are never overwritten without your yes.',
  'popup-renewal-needs-you': 'Renews while you work, and says so when it needs you.',
};

const icon = readFileSync(new URL('../../icons/128.png', import.meta.url)).toString('base64');

/** A picture of a state of the popup as the stores want it: PNG, 1280 × 800. */
export async function takeStorePicture(browser: Browser, screen: Screen, says: string): Promise<Uint8Array> {
  const shown = await showScreen(browser, screen, { colours: 'light', deviceScaleFactor: 2 });
  const popup = await shown.screenshot({ fullPage: true, encoding: 'base64' });
  await shown.close();
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 800 });
  await page.setContent(`<!doctype html><style>
    body { margin: 0; height: 800px; display: grid; grid-template-columns: 1fr 440px; gap: 80px; padding: 0 100px;
      box-sizing: border-box; align-items: center; background: #0b4f6c;
      color: #fff; font-family: system-ui, sans-serif; }
    h1 { font-size: 46px; line-height: 1.25; margin: 28px 0 0; font-weight: 650; text-wrap: balance; }
    .name { display: flex; align-items: center; gap: 18px; font-size: 30px; }
    .name img { width: 64px; }
    .popup { max-width: 440px; max-height: 720px; justify-self: center; border-radius: 14px; background: #f2f5f7; }
  </style>
  <div><div class="name"><img src="data:image/png;base64,${icon}" alt="">Roleferry</div><h1>${says}</h1></div>
  <img class="popup" src="data:image/png;base64,${popup}" alt="">`);
  const picture = await page.screenshot();
  await page.close();
  return picture;
}
