import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'puppeteer';
import { openStage, submitLogin } from '../e2e/stage.ts';
import { stopWorkers } from '../rehearsal/stop-workers.ts';
import { userNamed } from '../rehearsal/world.ts';
import { bareExtension, openBareBrowser } from './bare-browser.ts';
import { manyProfiles, rawRewrite } from './editing.ts';
import type { Row } from './row.ts';
import { sideBySide, timed } from './side-by-side.ts';
import { bindOnce, fileWith, noHosts, postedAt, slowSts } from './stopwatch.ts';

const user = 'alice';

/** From the POST until the new key is in the file: with everything asleep, and with everything awake. */
export const logins: Row = {
  name: 'logins',
  async *measure(rounds) {
    const stage = await openStage();
    const { rehearsal, home } = stage;
    const folder = mkdtempSync(join(tmpdir(), 'roleferry-bench-'));
    const bare = await openBareBrowser(rehearsal, [bareExtension]);
    try {
      const sts = slowSts(rehearsal);
      await bindOnce(stage, user);
      const raw = join(folder, 'raw');
      writeFileSync(raw, manyProfiles(1));
      const ours = await stage.browser.newPage();
      const theirs = await bare.browser.newPage();
      const idp = `https://${userNamed(rehearsal.world, user).idp.host}/?user=${user}`;

      const product = async () => {
        const before = readFileSync(home.credentialsFile, 'utf8');
        const written = fileWith(home.credentialsFile, (content) => content !== before);
        await logIn(ours, idp);
        return (await written).at - postedAt(rehearsal);
      };
      const floor = async () => {
        rehearsal.requests.length = 0;
        await logIn(theirs, idp);
        await rehearsal.waitForRequest(({ action, status }) => action !== undefined && status !== undefined);
        return sts.answeredAt - postedAt(rehearsal) + (await timed(() => rawRewrite(raw)));
      };
      const asleep = async (act: () => Promise<number>) => {
        await Promise.all([stage.stopWorker(), stopWorkers(bare.browser)]);
        await noHosts(stage);
        return act();
      };
      // A login right before keeps worker and host awake for the next one.
      const awake = async (act: () => Promise<number>) => {
        await act();
        return act();
      };
      const against = 'a bare worker with one fetch, and a raw write';
      yield {
        what: 'login to profile, all asleep',
        against,
        goal: 1.3,
        compared: await sideBySide(
          rounds,
          () => asleep(product),
          () => asleep(floor),
        ),
      };
      yield {
        what: 'login to profile, all awake',
        against,
        goal: 1.2,
        compared: await sideBySide(
          rounds,
          () => awake(product),
          () => awake(floor),
        ),
      };
    } finally {
      await bare.close();
      await stage.close();
      rmSync(folder, { recursive: true });
    }
  },
};

/** The login as the user sees it, with the extension and without. */
export const consoleLogin: Row = {
  name: 'console-login',
  async *measure(rounds) {
    const stage = await openStage();
    const plain = await openBareBrowser(stage.rehearsal);
    try {
      // The rehearsal has one thread for AWS's pages and STS: its checks would hold up the page.
      slowSts(stage.rehearsal);
      await bindOnce(stage, user);
      const idp = `https://${userNamed(stage.rehearsal.world, user).idp.host}/?user=${user}`;
      const loginIn = async (browser: Browser) => {
        const page = await browser.newPage();
        return async () => {
          await page.bringToFront();
          await page.goto(idp);
          return timed(() => submitLogin(page, 'button'));
        };
      };
      yield {
        what: 'the console login itself',
        against: 'without an extension',
        compared: await sideBySide(rounds * 2, await loginIn(stage.browser), await loginIn(plain.browser)),
      };
    } finally {
      await plain.close();
      await stage.close();
    }
  },
};

async function logIn(page: Page, idp: string): Promise<void> {
  await page.bringToFront();
  await page.goto(idp);
  await submitLogin(page, 'button');
}
