import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { parseSignInHost } from '../core/aws/sign-in-host.ts';
import { failure } from '../core/failure.ts';
import { failed } from '../core/result.ts';
import { browser } from '../webext/browser.ts';
import { messageSchema, viewPort } from '../webext/messages.ts';
import { handleMessage } from './handle-message.ts';
import { refreshHostProfiles } from './host/host-profiles.ts';
import { greetHost } from './host/host-status.ts';
import { applyPolicy } from './login/apply-policy.ts';
import { capture, captureFilter } from './login/capture.ts';
import { dropAlarm, dropExpired } from './login/drop-expired.ts';
import { resumeLogins } from './login/resume.ts';
import { loginSeen } from './login/take-up.ts';
import { senderFailure } from './only-from-options.ts';
import { expiryAlarm, handleExpiry } from './renewal/expiry.ts';
import { clearNotices, issuerOfNotice } from './renewal/notice.ts';
import { giveUpRenewals, renew, renewalAlarm, signInAnswered, signInBegun } from './renewal/renew.ts';
import { readBindings } from './rules/bindings.ts';
import { endPause } from './rules/pause.ts';
import { lookForPolicy, policyAlarm, watchPolicy } from './rules/read-policy.ts';
import { readRoleMemory } from './rules/role-memory.ts';
import { readSettings } from './settings/settings.ts';
import { tellSignInLinks } from './settings/sign-in-links.ts';
import { showBadge, showTrouble } from './shown/badge.ts';
import { wantCopy } from './shown/copy-newest.ts';
import { forgetPermission } from './shown/first-run.ts';
import { makeView } from './shown/view.ts';
import { onChange, tellChanged } from './state/changes.ts';
import { singleFlight } from './state/single-flight.ts';
import { onTrouble, reportTrouble } from './state/trouble.ts';
import { inWorker } from './state/worker.ts';

// Listeners stand before anything is awaited: an event that wakes the worker is given to those only.

/** A redirect from the global to a regional sign-in host shows the same request twice, one after the other. */
const memory = inWorker(() => ({ lastRequest: undefined as string | undefined }));

browser.webRequest.onBeforeRequest.addListener(
  (details) => {
    if (details.requestId === memory().lastRequest) return undefined;
    const login = capture(details);
    if (login === undefined) return undefined;
    memory().lastRequest = details.requestId;
    signInBegun(details.tabId);
    loginSeen(login, details.tabId).catch(reportTrouble);
    // Nothing is said about the request: the person's own login goes on untouched.
    return undefined;
  },
  captureFilter,
  ['requestBody'],
);

const answerFilter = { urls: captureFilter.urls, types: captureFilter.types ?? [] };

browser.webRequest.onCompleted.addListener(({ tabId }) => {
  signInAnswered(tabId).catch(reportTrouble);
}, answerFilter);

browser.webRequest.onBeforeRedirect.addListener(({ tabId, redirectUrl }) => {
  // From the global host to a regional one the login goes on.
  if (parseSignInHost(new URL(redirectUrl).hostname) === undefined)
    signInAnswered(tabId).catch(reportTrouble);
}, answerFilter);

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  // Pages of the extension alone: content scripts and web pages have other URLs.
  if (sender.id !== browser.runtime.id || !sender.url?.startsWith(browser.runtime.getURL('')))
    return undefined;
  const read = v.safeParse(messageSchema, message);
  if (!read.success)
    return Promise.resolve(failed(failure('message-invalid', { reason: 'unknown request' })));
  const refusal = senderFailure(read.output, sender.url);
  if (refusal !== undefined) return Promise.resolve(failed(refusal));
  return handleMessage(read.output);
});

/** A page needs this long to paint its first view; a host that starts meanwhile would take the processor from it. */
const paintMilliseconds = 100;

browser.runtime.onConnect.addListener((port) => {
  if (port.name !== viewPort || !port.sender?.url?.startsWith(browser.runtime.getURL(''))) {
    port.disconnect();
    return;
  }
  let closed = false;
  let shown: string | undefined;
  const show = singleFlight(async () => {
    const view = await makeView(Date.now());
    const news = JSON.stringify(view);
    // With hundreds of roles, to show again what is shown takes the page longer than to open.
    if (closed || news === shown) return;
    shown = news;
    port.postMessage(view);
  }, reportTrouble);
  const unwatch = onChange(show);
  port.onDisconnect.addListener(() => {
    closed = true;
    unwatch();
  });
  show();
  setTimeout(() => {
    if (closed) return;
    greetHost().then(show).then(refreshHostProfiles).then(tellSignInLinks).catch(reportTrouble);
  }, paintMilliseconds);
});

browser.runtime.onInstalled.addListener(({ reason }) => {
  const url = browser.runtime.getURL('src/first-run/index.html');
  if (reason === 'install') browser.tabs.create({ url }).catch(reportTrouble);
});

const obey = singleFlight(() => applyPolicy().then(tellChanged), reportTrouble);

watchPolicy(obey);

for (const changed of [browser.permissions.onAdded, browser.permissions.onRemoved]) {
  changed.addListener(() => {
    forgetPermission();
    tellChanged();
  });
}

browser.commands.onCommand.addListener((command) => {
  if (command === 'copy-newest') copyNewest().catch(reportTrouble);
});

/** The popup does the copying. Firefox opens it only while the key is being handled, before anything is awaited. */
async function copyNewest(): Promise<void> {
  const opened = browser.action.openPopup().then(
    () => true,
    () => false,
  );
  await wantCopy(Date.now());
  tellChanged();
  // Browsers that open no popup without a click show it in a tab.
  if (!(await opened)) await browser.tabs.create({ url: browser.runtime.getURL('src/popup/index.html') });
}

browser.notifications.onClicked.addListener(noticeClicked);
// Firefox knows no buttons, and so no event of theirs.
browser.notifications.onButtonClicked?.addListener(noticeClicked);

function noticeClicked(id: string): void {
  const issuer = issuerOfNotice(id);
  Promise.all([renew(issuer), clearNotices(issuer), endPause()])
    .then(([renewed]) => (renewed.ok ? tellChanged() : browser.runtime.openOptionsPage()))
    .catch(reportTrouble);
}

const alarms: Record<string, (now: number) => Promise<void>> = {
  [dropAlarm]: dropExpired,
  [expiryAlarm]: handleExpiry,
  [renewalAlarm]: giveUpRenewals,
  [policyAlarm]: lookForPolicy,
};

browser.alarms.onAlarm.addListener(({ name }) => {
  alarms[name]?.(Date.now()).then(tellChanged).catch(reportTrouble);
});

watchIdle();
browser.permissions.onAdded.addListener(watchIdle);

/** Someone who comes back to the machine finds fresh credentials. The permission is asked for when it is wanted. */
function watchIdle(): void {
  browser.idle?.onStateChanged?.addListener(cameBack);
}

function cameBack(state: string): void {
  if (state === 'active') handleExpiry(Date.now()).catch(reportTrouble);
}

/**
 * What the worker was woken for, and what a login does, goes first, and many roles are looked at together; milliseconds.
 */
const lookAfter = 50;

const sayOnBadge = singleFlight(
  async () => {
    const now = Date.now();
    await showBadge(await makeView(now), now);
  },
  reportTrouble,
  lookAfter,
);

// Apart from the badge, for this may wait for STS.
const lookForEnds = singleFlight(
  () => Promise.all([dropExpired(Date.now()), handleExpiry(Date.now())]),
  reportTrouble,
  lookAfter,
);

/** Each change may bring something new that runs out, and something else to say. */
function look(): void {
  sayOnBadge();
  lookForEnds();
}

onChange(look);
onTrouble(showTrouble);

// What a login needs is on its way when the browser hands the login over.
for (const read of [readBindings, readSettings, readRoleMemory]) read().catch(reportTrouble);
// What a policy forbade while the worker was stopped, or stopping, is seen to after that.
resumeLogins().then(obey).catch(reportTrouble);

// The alarms come late when the machine slept over their time.
setTimeout(() => giveUpRenewals(Date.now()).catch(reportTrouble), lookAfter);
look();
