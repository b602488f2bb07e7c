import * as v from 'valibot';
import { parseSignInHost } from '../../core/aws/sign-in-host.ts';
import { namesInLabels } from '../../core/profile/account-names.ts';
import { browser } from '../../webext/browser.ts';
import { mayReadNames } from '../settings/names-permission.ts';
import { tellChanged } from '../state/changes.ts';
import { keepFoundNames } from '../state/found-names.ts';
import type { Memory } from '../state/memory.ts';
import { captureFilter } from './capture.ts';

/**
 * Keeps the accounts' names on the page with which AWS answers a login in this tab, if the user allowed reading it.
 * A page that is not AWS's, or has no names, tells nothing.
 */
export async function readNamesInTab(memory: Memory, tabId: number): Promise<void> {
  if (!(await mayReadNames(memory))) return;
  // The tab may be closed or led on at any time; then there is nothing to read.
  const answer = await readPage(tabId).catch(() => undefined);
  const page = v.safeParse(pageSchema, answer);
  if (!page.success || parseSignInHost(page.output.host) === undefined) return;
  const names = namesInLabels(page.output.labels);
  if (names.size === 0) return;
  await keepFoundNames(memory, names, 'page');
  tellChanged(memory);
}

/** The same for AWS's pages that stand open, right after the user allowed reading them. */
export async function readNamesInOpenTabs(memory: Memory): Promise<void> {
  if (!(await mayReadNames(memory))) return;
  const tabs = await browser.tabs.query({ url: captureFilter.urls });
  await Promise.all(tabs.map(({ id }) => id !== undefined && readNamesInTab(memory, id)));
}

const pageSchema = v.object({
  host: v.string(),
  labels: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(2000)),
});

async function readPage(tabId: number): Promise<unknown> {
  await loaded(tabId);
  // Without `allFrames` only the main frame is read, and only on hosts that Roleferry has permission for.
  const [main] = await browser.scripting.executeScript({ target: { tabId }, func: labelsOnPage });
  return main?.result;
}

/** Runs in the page, apart from the page's own scripts, so it uses nothing from here. It changes nothing there. */
function labelsOnPage() {
  const { document: page, location: at } = globalThis;
  const found = [...page.querySelectorAll('.saml-account-name')].slice(0, 2000);
  return {
    host: at.hostname,
    labels: found.map(({ textContent }) => (textContent ?? '').trim().slice(0, 200)),
  };
}

const patienceMilliseconds = 10_000;

/** AWS's answer has come, but the tab may still show the page before it. */
async function loaded(tabId: number): Promise<void> {
  let resolve = () => {};
  const complete = new Promise<void>((done) => {
    resolve = done;
  });
  const listen = (id: number, { status }: { status?: string }) => {
    if (id === tabId && status === 'complete') resolve();
  };
  browser.tabs.onUpdated.addListener(listen);
  const timer = setTimeout(resolve, patienceMilliseconds);
  try {
    if ((await browser.tabs.get(tabId)).status !== 'complete') await complete;
  } finally {
    clearTimeout(timer);
    browser.tabs.onUpdated.removeListener(listen);
  }
}
