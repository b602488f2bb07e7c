import type { Page } from 'puppeteer';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { openStage } from '../e2e/stage.ts';
import { stopWorkers } from '../rehearsal/stop-workers.ts';
import { accounts, iamArn, userNamed } from '../rehearsal/world.ts';
import { bareExtension, bareUrl } from './bare-browser.ts';
import type { Row } from './row.ts';
import { sideBySide } from './side-by-side.ts';

const product = `chrome-extension://${chromiumExtensionId}/`;

/** The worker from nothing to its first answer, and the popup from click to first content. */
export const pages: Row = {
  name: 'pages',
  async *measure(rounds) {
    const stage = await openStage({ otherExtensions: [bareExtension] });
    try {
      const bare = await bareUrl(stage.browser);
      const pageOf = async (url: string) => {
        const page = await stage.browser.newPage();
        await page.goto(`${url}manifest.json`);
        return page;
      };
      const wakes = (page: Page) => async () => {
        await stopWorkers(stage.browser);
        await page.bringToFront();
        return Number(await page.evaluate(untilAnswered));
      };
      const [ours, theirs] = [await pageOf(product), await pageOf(bare)];
      // No goal: it says how much of a slow login from asleep is the worker's own start.
      yield {
        what: 'start of the worker',
        against: 'a worker with one empty listener',
        compared: await sideBySide(rounds, wakes(ours), wakes(theirs)),
      };
      // From another page each time: a popup is closed by the time the next one opens.
      const paints = (page: Page, extension: string, path: string) => async () => {
        await page.bringToFront();
        await page.goto(`${extension}manifest.json`);
        await page.goto(`${extension}${path}`);
        return Number(await page.evaluate(firstPaint));
      };
      const opens = () =>
        sideBySide(rounds, paints(ours, product, 'src/popup/index.html'), paints(theirs, bare, 'popup.html'));
      const against = 'an empty popup';
      yield { what: 'popup, to first content', against, goal: 1.5, compared: await opens() };
      await logInWithRoles(stage, 200);
      yield { what: 'popup with 200 roles, to first content', against, goal: 1.5, compared: await opens() };
    } finally {
      await stage.close();
    }
  },
};

async function logInWithRoles(stage: Awaited<ReturnType<typeof openStage>>, count: number): Promise<void> {
  const provider = iamArn(accounts.development, 'saml-provider/Rehearsal');
  const roles = Array.from({ length: count }, (_, index) => iamArn(accounts.development, `role/S-${index}`));
  const { world } = stage.rehearsal;
  world.roles.push(...roles.map((arn) => ({ arn, maxSessionDuration: 3600, trusts: [provider] })));
  userNamed(world, 'dave').user.roles = roles.map((role) => ({ role, provider }));
  await (await stage.logIn('dave')).close();
}

/** A worker answers once its listeners stand. */
const untilAnswered = `(async () => {
  const start = performance.now();
  await chrome.runtime.sendMessage({ type: 'nothing' });
  return performance.now() - start;
})()`;

const firstPaint = `new Promise((resolve) => {
  new PerformanceObserver((list) => {
    const entry = list.getEntriesByName('first-contentful-paint')[0];
    if (entry) resolve(entry.startTime);
  }).observe({ type: 'paint', buffered: true });
})`;
