import type { Page } from 'puppeteer';
import { chromiumExtensionId } from '../../src/core/product.ts';
import type { Answers, Message } from '../../src/webext/messages.ts';
import type { View } from '../../src/webext/view.ts';
import { viewPort } from '../../src/webext/view-port.ts';
import { openTab } from './open-tab.ts';
import type { Stage } from './stage.ts';

/** A page of the extension, as the background sees it: what it may ask, and what it is shown. */
export interface ExtensionPage {
  page: Page;
  ask<M extends Message>(message: M): Promise<Answers[M['type']]>;
  /** The current view. */
  view(): Promise<View>;
}

/** Opens a page of the extension that shows nothing and so keeps nothing awake. */
export async function openExtensionPage({ browser }: Stage): Promise<ExtensionPage> {
  const page = await openTab(browser, `chrome-extension://${chromiumExtensionId}/manifest.json`);
  return {
    page,
    ask: (message) =>
      page.evaluate(
        (text) => (globalThis as unknown as Browser).chrome.runtime.sendMessage(JSON.parse(text)),
        JSON.stringify(message),
      ) as never,
    view: () =>
      page.evaluate(
        (name) =>
          new Promise((resolve, reject) => {
            const port = (globalThis as unknown as Browser).chrome.runtime.connect({ name });
            port.onMessage.addListener((view) => {
              port.disconnect();
              resolve(JSON.parse(view as string) as never);
            });
            port.onDisconnect.addListener(() =>
              reject(new Error('The background stopped before it had answered.')),
            );
          }),
        viewPort,
      ) as Promise<View>,
  };
}

/** The parts of Chromium's API that are used here. */
interface Browser {
  chrome: {
    runtime: {
      sendMessage(message: unknown): Promise<unknown>;
      connect(options: { name: string }): {
        onMessage: { addListener(listener: (message: unknown) => void): void };
        onDisconnect: { addListener(listener: () => void): void };
        disconnect(): void;
      };
    };
  };
}
