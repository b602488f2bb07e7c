import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { soon } from '../soon.ts';
import { openExtensionPage } from './extension-page.ts';
import { hostProcesses, type Stage } from './stage.ts';

/** What this uses of the API that pages of extensions have. */
declare const chrome: {
  storage: Record<'local' | 'session', { clear(): Promise<void> }>;
  alarms: { clearAll(): Promise<boolean> };
  action: { setBadgeText(options: { text: string }): Promise<void> };
};

/**
 * Makes a stage as it was when it was opened, with the browser that runs: nothing known to the extension, no profile,
 * no host running, one empty tab, and no fault in the rehearsal. What a test changed in the world stays changed.
 */
export async function startOver(stage: Stage): Promise<void> {
  const { browser, home, rehearsal } = stage;
  Object.assign(rehearsal, { onSts: undefined, onSignIn: undefined, onLogin: undefined });
  const { page: extension, view } = await openExtensionPage(stage);
  const pages = await browser.pages();
  // The tab that the browser began with: few tests use it, and a new one would take longer than all else here.
  const empty = pages.find((page) => page.url() === 'about:blank') ?? (await browser.newPage());
  for (const page of pages) if (page !== extension && page !== empty) await page.close();
  const clear = () =>
    extension.evaluate(async () => {
      await Promise.all([
        chrome.storage.local.clear(),
        chrome.storage.session.clear(),
        chrome.alarms.clearAll(),
      ]);
    });
  // What the test before has left under way is not to be stored again behind the clearing.
  await stage.stopWorker();
  await clear();
  // What it answers now, the worker says after it was told of the clearing: nothing will wake it when it is stopped.
  await view();
  await stage.stopWorker();
  // An event may have started it again at the first stop, before the clearing, and it has stored what it had read.
  await clear();
  await extension.evaluate(() => chrome.action.setBadgeText({ text: '' }));
  await extension.close();
  // Hosts end once their worker has.
  await expect.poll(() => hostProcesses(stage), soon).toEqual([]);
  const aws = dirname(home.credentialsFile);
  for (const name of await readdir(aws)) await rm(join(aws, name), { recursive: true });
  rehearsal.requests.length = 0;
}
