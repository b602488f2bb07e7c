import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { browser } from '../../webext/browser.ts';
import { readNames } from '../settings/names.ts';
import { readSettings } from '../settings/settings.ts';
import { tellChanged } from '../state/changes.ts';
import { happening, noteForGood } from '../state/history.ts';
import type { Memory } from '../state/memory.ts';
import { changeRenewals, type Renewal, readRenewals } from '../state/renewals.ts';
import { clearNotices, showNotice } from './notice.ts';

/** Name of the alarm after which a renewal needs the user. */
export const renewalAlarm = 'renewal';

/** A valid session at the identity provider leads to AWS within seconds; an expired one asks for a password. */
const patienceMilliseconds = 60_000;

/**
 * Opens the sign-in link of an issuer, set by the user or the administrator, in a background tab. Does nothing if it is
 * already open. Failures: `issuer-link-missing`, `unexpected`.
 */
export function renew(memory: Memory, issuer: string): Promise<Result<void>> {
  const begun =
    memory.of(beginning).get(issuer) ??
    open(memory, issuer).finally(() => memory.of(beginning).delete(issuer));
  memory.of(beginning).set(issuer, begun);
  return begun;
}

/** Renewals whose tab is being opened, so that two requests open one tab. */
const beginning = () => new Map<string, Promise<Result<void>>>();

async function open(memory: Memory, issuer: string): Promise<Result<void>> {
  const { signInLinks } = await readSettings(memory);
  const url = Object.hasOwn(signInLinks, issuer) ? signInLinks[issuer] : undefined;
  if (url === undefined) return failed(await linkMissing(memory, issuer));
  const before = (await readRenewals(memory)).find((one) => one.issuer === issuer);
  if (before?.state === 'opening') return ok(undefined);
  if (before !== undefined && (await bringToFront(before))) return ok(undefined);
  const openedAt = Date.now();
  try {
    const { id: tabId } = await browser.tabs.create({ url, active: false });
    await put(memory, { issuer, tabId: tabId ?? noTab, openedAt, state: 'opening' });
    await browser.alarms.create(renewalAlarm, { when: openedAt + patienceMilliseconds });
  } catch {
    return failed(failure('unexpected', { where: 'browser' }));
  }
  return ok(undefined);
}

const linkMissing = async (memory: Memory, issuer: string) =>
  failure('issuer-link-missing', { issuer: (await readNames(memory)).issuer(issuer) });

const noTab = -1;

/** Shows the tab of a renewal that waits for the user; false if the tab is gone. */
async function bringToFront({ tabId }: Renewal): Promise<boolean> {
  try {
    const { windowId } = await browser.tabs.update(tabId, { active: true });
    if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
    return true;
  } catch {
    return false;
  }
}

/** Tabs in which AWS's sign-in page has answered the latest login. */
const answered = () => new Set<number>();

/**
 * Whether a login claims to belong to a renewal: same issuer, in the tab that was opened for it. Any page in that tab
 * can claim it; only `renewalVouched` ends the renewal.
 */
export async function isOfRenewal(memory: Memory, issuer: string, tabId: number): Promise<boolean> {
  return (await readRenewals(memory)).some((one) => one.issuer === issuer && one.tabId === tabId);
}

/** STS gave credentials for a bound role to a login in this tab. If the tab belongs to a renewal, it is done. */
export async function renewalVouched(memory: Memory, issuer: string, tabId: number): Promise<void> {
  const isIt = (one: Renewal) => one.issuer === issuer && one.tabId === tabId;
  // Decided inside the change: several roles of one login may be confirmed at the same time.
  let isSettled = false;
  if (!(await readRenewals(memory)).some(isIt)) return;
  await changeRenewals(memory, (renewals) =>
    renewals.map((one) => {
      if (!isIt(one) || one.state === 'seen') return one;
      isSettled = true;
      return { ...one, state: 'seen' };
    }),
  );
  if (!isSettled) return;
  await clearNotices(issuer);
  await noteForGood(memory, happening('renew', { issuer }));
  tellChanged(memory);
  if (memory.of(answered).has(tabId)) await close(memory, tabId);
}

/** A login is on its way to AWS's sign-in page: earlier answers in this tab were to another one. */
export function signInBegun(memory: Memory, tabId: number): void {
  memory.of(answered).delete(tabId);
}

/** AWS's sign-in page has answered in a tab. If the renewal there is done, the tab closes. */
export async function signInAnswered(memory: Memory, tabId: number): Promise<void> {
  memory.of(answered).add(tabId);
  const renewals = await readRenewals(memory);
  if (renewals.some((one) => one.tabId === tabId && one.state === 'seen')) await close(memory, tabId);
  else if (!renewals.some((one) => one.tabId === tabId)) memory.of(answered).delete(tabId);
}

/** Closes the tab of a renewal, unless the user is looking at it. */
async function close(memory: Memory, tabId: number): Promise<void> {
  memory.of(answered).delete(tabId);
  await changeRenewals(memory, (renewals) => renewals.filter((one) => one.tabId !== tabId));
  try {
    const { active } = await browser.tabs.get(tabId);
    if (!active) await browser.tabs.remove(tabId);
  } catch {
    // The user has closed it.
  }
}

/** These logins were written to their profiles, so nothing more is asked of the user for their issuers. */
export async function renewalNeedless(
  memory: Memory,
  written: readonly { issuer: string; renewalTab?: number }[],
): Promise<void> {
  for (const { issuer, renewalTab } of written) {
    // A role saved for the first time was not bound when STS gave its credentials.
    if (renewalTab !== undefined) await renewalVouched(memory, issuer, renewalTab);
  }
  const issuers = written.map(({ issuer }) => issuer);
  const isDone = ({ issuer, state }: Renewal) => state === 'needs-you' && issuers.includes(issuer);
  if ((await readRenewals(memory)).some(isDone)) {
    await changeRenewals(memory, (renewals) => renewals.filter((one) => !isDone(one)));
  }
  for (const issuer of new Set(issuers)) await clearNotices(issuer);
}

/** Gives up renewals still open at `now` (ms since the epoch): the user has to act. */
export async function giveUpRenewals(memory: Memory, now: number): Promise<void> {
  const isLate = ({ openedAt }: Renewal) => openedAt + patienceMilliseconds <= now;
  const old = (await readRenewals(memory)).filter(isLate);
  for (const { tabId } of old.filter(({ state }) => state === 'seen')) await close(memory, tabId);
  if (!old.some(({ state }) => state === 'opening')) return;
  // Decided inside the change: the alarm and the worker's start may check at the same time.
  const late: Renewal[] = [];
  await changeRenewals(memory, (renewals) =>
    renewals.map((one) => {
      if (one.state !== 'opening' || !isLate(one)) return one;
      late.push(one);
      return { ...one, state: 'needs-you' };
    }),
  );
  for (const { issuer } of late) {
    const reason = failure('renewal-unfinished', { issuer: (await readNames(memory)).issuer(issuer) });
    await noteForGood(memory, happening('renew', { issuer, failure: reason }, 'waiting'));
    await showNotice({ kind: 'needs-you', issuer });
  }
  if (late.length > 0) tellChanged(memory);
}

const put = (memory: Memory, renewal: Renewal): Promise<void> =>
  changeRenewals(memory, (renewals) => [
    ...renewals.filter(({ issuer }) => issuer !== renewal.issuer),
    renewal,
  ]);
