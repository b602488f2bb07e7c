import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { needs } from '../needs.ts';
import { firstRunScreens } from '../screenshots/first-run.ts';
import { layoutFaults } from '../screenshots/layout-faults.ts';
import { optionsScreens } from '../screenshots/options.ts';
import { popupScreens } from '../screenshots/popup.ts';
import type { Screen } from '../screenshots/screen.ts';
import { showScreen, widths } from '../screenshots/show-screen.ts';
import { soon } from '../soon.ts';
import { some, tries } from '../tries.ts';
import { openStage, type Stage } from './stage.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const missing = needs('chromium').missing || needs('certutil').missing;

/** Whether screens are also looked at in the dark, enlarged, and from right to left. */
const looksAtAll = tries(0, 1) === 1;

/** What axe-core finds on the current page, by its own rules or only these; shortened. */
async function violationsOn(page: Page, rules?: string[]): Promise<string[]> {
  const { violations } = (await page.evaluate(
    `axe.run(${JSON.stringify(rules === undefined ? {} : { runOnly: rules })})`,
  )) as AxeResults;
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}

/** What moves although the user asked for less motion. */
const motionOn = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) =>
        ['', '::before'].some((part) => {
          const { transitionDuration, animationName } = getComputedStyle(element, part);
          return transitionDuration !== '0s' || animationName !== 'none';
        }),
      )
      .map(({ className }) => String(className)),
  );

describe.skipIf(missing)('everyone can use', () => {
  let stage: Stage;

  beforeAll(async () => {
    stage = await openStage({ host: false });
  });

  afterAll(() => stage?.close());

  it.each(some([...popupScreens, ...optionsScreens, ...firstRunScreens]))('$name', async (screen) => {
    const page = await showScreen(stage.browser, screen, { colours: 'light' });
    await page.evaluate(axe);
    expect(await violationsOn(page), 'light').toEqual([]);
    expect(await motionOn(page)).toEqual([]);
    expect(await layoutFaults(page)).toEqual([]);
    if (looksAtAll) await lookAtAll(page, screen);
    await page.close();
  });

  async function lookAtAll(page: Page, screen: Screen) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    expect(await violationsOn(page, ['color-contrast']), 'dark').toEqual([]);
    // Enlarged to 200 %, half as much fits in.
    await page.setViewport({ width: widths[screen.page] / 2, height: 600 });
    expect(await layoutFaults(page), 'enlarged').toEqual([]);
    await page.evaluate(() => {
      document.documentElement.dir = 'rtl';
    });
    expect(await layoutFaults(page), 'enlarged, from right to left').toEqual([]);
    await page.setViewport({ width: widths[screen.page], height: 600 });
    expect(await layoutFaults(page), 'from right to left').toEqual([]);
  }

  it('every section of the options by keyboard alone, and lands on its heading', async () => {
    const [screen] = optionsScreens;
    if (screen === undefined) throw new Error('There are no screens of the options.');
    const page = await showScreen(stage.browser, screen, { colours: 'light' });
    const links = await page.$$eval('nav a', (all) => all.length);
    for (let index = 0; index < links; index += 1) {
      await page.evaluate((which) => document.querySelectorAll<HTMLElement>('nav a')[which]?.focus(), index);
      const name = await page.evaluate(() => document.activeElement?.textContent ?? '');
      await page.keyboard.press('Enter');
      await expect
        .poll(() => page.evaluate(() => document.querySelector('h2')?.textContent), soon)
        .toBe(name);
      if (index === 0) continue;
      await expect.poll(() => page.evaluate(() => document.activeElement?.tagName), soon).toBe('H2');
    }
    await page.close();
  });
});
