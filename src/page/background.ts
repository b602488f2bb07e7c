import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { Runtime } from 'webextension-polyfill';
import { failure } from '../core/failure.ts';
import { failed } from '../core/result.ts';
import { browser } from '../webext/browser.ts';
import type { Answers, Message } from '../webext/messages.ts';
import type { View } from '../webext/view.ts';
import { openPort } from './open-port.ts';

/** Asks the background to do something; only right after a click or key press. */
export async function ask<M extends Message>(message: M): Promise<Answers[M['type']]> {
  if (!navigator.userActivation.isActive) {
    return failed(failure('not-a-click')) as Answers[M['type']];
  }
  return send(message);
}

/**
 * For the keyboard shortcut that copies the newest credentials. Browsers don't count its keys as an act in the popup,
 * but the background has seen them and says so in the view.
 */
export const answerShortcut = <M extends Extract<Message, { type: 'env-vars' | 'copied-newest' }>>(
  message: M,
): Promise<Answers[M['type']]> => send(message);

async function send<M extends Message>(message: M): Promise<Answers[M['type']]> {
  try {
    return (await browser.runtime.sendMessage(message)) as Answers[M['type']];
  } catch {
    return failed(failure('unexpected', { where: 'extension' })) as Answers[M['type']];
  }
}

/** How often to retry a missing host while someone looks; milliseconds. */
const againMilliseconds = 3000;

/** The current view; `undefined` until the background has sent the first. */
export function useView(): View | undefined {
  const [view, setView] = useState<View>();
  // Connects at once: other effects wait for a paint, and there is nothing to paint yet.
  useLayoutEffect(() => {
    let closed = false;
    let port: Runtime.Port;
    let isConnected = false;
    let isHostMissing = false;
    const connect = () => {
      isConnected = true;
      port = openPort();
      port.onMessage.addListener((message) => {
        const view: View = JSON.parse(message as string);
        isHostMissing = view.hostFailure !== undefined;
        setView(view);
      });
      port.onDisconnect.addListener(() => {
        isConnected = false;
        connectAgain();
      });
    };
    // Connecting wakes an idle background, and the host with it, so only do it while someone looks.
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

/** The time in milliseconds since the epoch, updated every `seconds`. */
export function useNow(seconds: number): number {
  const [now, setNow] = useState(Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), seconds * 1000);
    return () => clearInterval(timer);
  }, [seconds]);
  return now;
}
