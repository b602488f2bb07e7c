import * as v from 'valibot';
import type { Runtime } from 'webextension-polyfill';
import { failure } from '../core/failure.ts';
import { failed } from '../core/result.ts';
import { showBadge, showTrouble } from './badge.ts';
import { browser } from './browser.ts';
import { capture, captureFilter } from './capture.ts';
import { handleMessage } from './handle-message.ts';
import { greetHost } from './host-status.ts';
import { notifyWatchers, watchLogins } from './login-store.ts';
import { applyPolicy, loginSeen, resumeLogins } from './logins.ts';
import { messageSchema, viewPort } from './messages.ts';
import { sweep, sweepAlarm } from './sweep.ts';
import { makeView } from './view.ts';

// Listeners stand before anything is awaited: an event that wakes the worker is given to those only.

/** A redirect from the global to a regional sign-in host shows the same request twice, one after the other. */
let lastRequest: string | undefined;

browser.webRequest.onBeforeRequest.addListener(
  (details) => {
    if (details.requestId === lastRequest) return undefined;
    const login = capture(details);
    if (login === undefined) return undefined;
    lastRequest = details.requestId;
    loginSeen(login).catch(showTrouble);
    // Nothing is said about the request: the person's own login goes on untouched.
    return undefined;
  },
  captureFilter,
  ['requestBody'],
);

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  // Pages of the extension alone: content scripts and web pages have other URLs.
  if (sender.id !== browser.runtime.id || !sender.url?.startsWith(browser.runtime.getURL('')))
    return undefined;
  const read = v.safeParse(messageSchema, message);
  if (!read.success)
    return Promise.resolve(failed(failure('message-invalid', { reason: 'unknown request' })));
  return handleMessage(read.output);
});

browser.runtime.onConnect.addListener((port) => {
  if (port.name !== viewPort || !port.sender?.url?.startsWith(browser.runtime.getURL(''))) {
    port.disconnect();
    return;
  }
  let closed = false;
  const show = async () => {
    const view = await makeView(Date.now());
    if (!closed) port.postMessage(view);
  };
  const unwatch = watchLogins(() => void show());
  port.onDisconnect.addListener(() => {
    closed = true;
    unwatch();
  });
  void show();
  void greetHost().then(show);
});

browser.storage.onChanged.addListener((_, area) => {
  if (area === 'managed') applyPolicy().then(notifyWatchers).catch(showTrouble);
});

browser.alarms.onAlarm.addListener(({ name }) => {
  if (name === sweepAlarm) void sweep(Date.now()).then(refreshBadge);
});

async function refreshBadge(): Promise<void> {
  await showBadge(await makeView(Date.now()));
}

// Each change may bring something new that runs out, and something else to say.
watchLogins(() => {
  void refreshBadge();
  void sweep(Date.now());
});

resumeLogins().catch(showTrouble);
// The alarm comes late when the machine slept over its time.
void sweep(Date.now());
