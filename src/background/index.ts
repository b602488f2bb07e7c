import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { parseSignInHost } from '../core/aws/sign-in-host.ts';
import { failure } from '../core/failure.ts';
import { failed } from '../core/result.ts';
import { browser } from '../webext/browser.ts';
import { messageSchema } from '../webext/messages.ts';
import { viewPort } from '../webext/view-port.ts';
import { handleMessage } from './handle-message.ts';
import { applyPolicy } from './login/apply-policy.ts';
import { capture, captureFilter, isSeenAgain } from './login/capture.ts';
import { dropAlarm, dropExpired } from './login/drop-expired.ts';
import { readNamesInOpenTabs, readNamesInTab } from './login/names-on-page.ts';
import { resumeLogins } from './login/resume.ts';
import { loginLedOn, loginSeen } from './login/take-up.ts';
import { serveTools } from './on-demand/serve-tools.ts';
import { senderFailure } from './only-from-options.ts';
import { answerNotice } from './renewal/answer-notice.ts';
import { expiryAlarm, handleExpiry } from './renewal/expiry.ts';
import { giveUpRenewals, renewalAlarm, signInAnswered, signInBegun } from './renewal/renew.ts';
import { readBindings } from './rules/bindings.ts';
import { lookForPolicy, policyAlarm, watchPolicy } from './rules/read-policy.ts';
import { readRoleMemory } from './rules/role-memory.ts';
import { forgetNamesPermission } from './settings/names-permission.ts';
import { readSettings } from './settings/settings.ts';
import { showBadge, showTrouble } from './shown/badge.ts';
import { copyNewest } from './shown/copy-newest.ts';
import { forgetPermission } from './shown/first-run.ts';
import { showView } from './shown/show-view.ts';
import { makeView } from './shown/view.ts';
import { onChange, tellChanged } from './state/changes.ts';
import { Memory } from './state/memory.ts';
import { singleFlight } from './state/single-flight.ts';
import { onTrouble, reportTrouble } from './state/trouble.ts';

// Listeners stand before anything is awaited: an event that wakes the worker is given to those only.

const memory = new Memory();

const trouble = reportTrouble(memory);

browser.webRequest.onBeforeRequest.addListener(
  (details) => {
    const login = capture(details);
    if (login === undefined) return undefined;
    if (isSeenAgain(memory, details.requestId)) {
      loginLedOn(memory, login).catch(trouble);
      return undefined;
    }
    signInBegun(memory, details.tabId);
    loginSeen(memory, login, details.tabId).catch(trouble);
    // Nothing is said about the request: the user's own login goes on untouched.
    return undefined;
  },
  captureFilter,
  ['requestBody'],
);

const answerFilter = { urls: captureFilter.urls, types: captureFilter.types ?? [] };

browser.webRequest.onCompleted.addListener(({ tabId }) => {
  signInAnswered(memory, tabId).catch(trouble);
  readNamesInTab(memory, tabId).catch(trouble);
}, answerFilter);

browser.webRequest.onBeforeRedirect.addListener(({ tabId, redirectUrl }) => {
  // From the global host to a regional one the login goes on.
  if (parseSignInHost(new URL(redirectUrl).hostname) === undefined)
    signInAnswered(memory, tabId).catch(trouble);
}, answerFilter);

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  // Pages of the extension alone: content scripts and web pages have other URLs.
  if (sender.id !== browser.runtime.id || !sender.url?.startsWith(browser.runtime.getURL('')))
    return undefined;
  const read = v.safeParse(messageSchema, message);
  if (!read.success)
    return Promise.resolve(failed(failure('message-invalid', { reason: 'unknown-request' })));
  const refusal = senderFailure(read.output, sender.url);
  if (refusal !== undefined) return Promise.resolve(failed(refusal));
  return handleMessage(memory, read.output);
});

browser.runtime.onConnect.addListener((port) => {
  if (port.name === viewPort && port.sender?.url?.startsWith(browser.runtime.getURL('')))
    showView(memory, port);
  else port.disconnect();
});

browser.runtime.onInstalled.addListener(({ reason }) => {
  const url = browser.runtime.getURL('src/first-run/index.html');
  if (reason === 'install') browser.tabs.create({ url }).catch(trouble);
});

const obey = singleFlight(() => applyPolicy(memory).then(() => tellChanged(memory)), trouble);

watchPolicy(memory, obey);

for (const changed of [browser.permissions.onAdded, browser.permissions.onRemoved]) {
  changed.addListener(() => {
    forgetPermission(memory);
    forgetNamesPermission(memory);
    tellChanged(memory);
  });
}
browser.permissions.onAdded.addListener(() => {
  readNamesInOpenTabs(memory).catch(trouble);
});

browser.commands.onCommand.addListener((command) => {
  if (command === 'copy-newest') copyNewest(memory).catch(trouble);
});

browser.notifications.onClicked.addListener(noticeClicked);
// Firefox knows no buttons, and so no event of theirs.
browser.notifications.onButtonClicked?.addListener(noticeClicked);

function noticeClicked(id: string): void {
  answerNotice(memory, id).catch(trouble);
}

const alarms: Record<string, (memory: Memory, now: number) => Promise<void>> = {
  [dropAlarm]: dropExpired,
  [expiryAlarm]: handleExpiry,
  [renewalAlarm]: giveUpRenewals,
  [policyAlarm]: lookForPolicy,
};

browser.alarms.onAlarm.addListener(({ name }) => {
  alarms[name]?.(memory, Date.now())
    .then(() => tellChanged(memory))
    .catch(trouble);
});

watchIdle();
browser.permissions.onAdded.addListener(watchIdle);

/** Someone who comes back to the machine finds fresh credentials. The permission is asked for when it is wanted. */
function watchIdle(): void {
  browser.idle?.onStateChanged?.addListener(cameBack);
}

function cameBack(state: string): void {
  if (state === 'active') handleExpiry(memory, Date.now()).catch(trouble);
}

/**
 * What the worker was woken for, and what a login does, goes first, and many roles are looked at together; milliseconds.
 */
const lookAfter = 50;

const sayOnBadge = singleFlight(
  async () => {
    const now = Date.now();
    await showBadge(memory, await makeView(memory, now), now);
  },
  trouble,
  lookAfter,
);

// Apart from the badge, for this may wait for STS.
const lookForEnds = singleFlight(
  () => Promise.all([dropExpired(memory, Date.now()), handleExpiry(memory, Date.now())]),
  trouble,
  lookAfter,
);

const serve = singleFlight(() => serveTools(memory), trouble, lookAfter);

/** Each change may bring something new that runs out, and something else to say. */
function look(): void {
  sayOnBadge();
  lookForEnds();
}

onChange(memory, look);
// Apart from what is waited for, since it goes on as long as AWS takes a login.
onChange(memory, serve);
onTrouble(memory, () => showTrouble(memory));

// What a login needs is on its way when the browser hands the login over.
for (const read of [readBindings, readSettings, readRoleMemory]) read(memory).catch(trouble);
// What a policy forbade while the worker was stopped, or stopping, is seen to after that.
resumeLogins(memory).then(obey).then(serve).catch(trouble);

// The alarms come late when the machine slept over their time.
setTimeout(() => giveUpRenewals(memory, Date.now()).catch(trouble), lookAfter);
look();
