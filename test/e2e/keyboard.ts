import type { Page } from 'puppeteer';

const mostSteps = 60;

/** Presses Tab until the focus is on what assistive technology calls `name`; fails where it never comes there. */
export async function tabTo(page: Page, name: string): Promise<void> {
  await page.bringToFront();
  const seen: string[] = [];
  for (let step = 0; step < mostSteps; step += 1) {
    await page.keyboard.press('Tab');
    const focused = await focusedName(page);
    if (focused === name) return;
    seen.push(focused);
  }
  throw new Error(`Tab never comes to “${name}”, but to: ${seen.join(' | ')}`);
}

/** What assistive technology calls the element with the focus. */
async function focusedName(page: Page): Promise<string> {
  const focused = await page.evaluateHandle(() => document.activeElement);
  const element = focused.asElement();
  const node =
    element && (await page.accessibility.snapshot({ root: element as never, interestingOnly: false }));
  return node?.name ?? '';
}
