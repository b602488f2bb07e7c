import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Runtime } from 'webextension-polyfill';
import { failure } from '../core/failure.ts';
import { failed } from '../core/result.ts';
import { browser } from '../webext/browser.ts';
import { type Answers, type Message, type View, viewPort } from '../webext/messages.ts';

/** Asks the background to do something; only what a person has just clicked or typed is passed on. */
export async function ask<M extends Message>(message: M): Promise<Answers[M['type']]> {
  if (!navigator.userActivation.isActive) {
    return failed(failure('not-a-click')) as Answers[M['type']];
  }
  return send(message);
}

/**
 * Asks for what the keyboard shortcut that copies the newest credentials needs. Browsers count its keys as no act in
 * the popup; that they were pressed is known by the background, which says so in the view.
 */
export const answerShortcut = <M extends Extract<Message, { type: 'env-vars' | 'copied-newest' }>>(
  message: M,
): Promise<Answers[M['type']]> => send(message);

async function send<M extends Message>(message: M): Promise<Answers[M['type']]> {
  try {
    return (await browser.runtime.sendMessage(message)) as Answers[M['type']];
  } catch {
    return failed(failure('unexpected', { where: 'the extension' })) as Answers[M['type']];
  }
}

/** How often a host that cannot be reached is tried again while someone looks; milliseconds. */
const againMilliseconds = 3000;

/** What there is to show, kept up to date; `undefined` until the background has told. */
export function useView(): View | undefined {
  const [view, setView] = useState<View>();
  // At once: other effects wait until the browser has painted, and it has nothing to paint before the background tells.
  useLayoutEffect(() => {
    let closed = false;
    let port: Runtime.Port;
    let isConnected = false;
    let isHostMissing = false;
    const connect = () => {
      isConnected = true;
      port = browser.runtime.connect({ name: viewPort });
      port.onMessage.addListener((message) => {
        isHostMissing = (message as View).hostFailure !== undefined;
        setView(message as View);
      });
      port.onDisconnect.addListener(() => {
        isConnected = false;
        connectAgain();
      });
    };
    // Browsers stop an idle background, and connecting wakes it, and the host with it: only for someone who looks.
    const connectAgain = () => {
      if (!closed && !isConnected && !document.hidden) connect();
    };
    connect();
    document.addEventListener('visibilitychange', connectAgain);
    // The background greets the host whenever a page connects.
    const timer = setInterval(() => {
      if (!isHostMissing || document.hidden) return;
      port.disconnect();
      connect();
    }, againMilliseconds);
    return () => {
      closed = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', connectAgain);
      port.disconnect();
    };
  }, []);
  return view;
}

/** The time in milliseconds since the epoch, fresh every `seconds`. */
export function useNow(seconds: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
