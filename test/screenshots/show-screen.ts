import type { Browser, Page } from 'puppeteer';
import { chromiumExtensionId } from '../../src/core/product.ts';
import type { Screen } from './screen.ts';

/** How wide pages are; CSS pixels. */
export const widths: Record<Screen['page'], number> = { popup: 400, options: 1040, 'first-run': 800 };

/** What the clock of a shown page says, so that its pictures are the same at any time; milliseconds since the epoch. */
export const clock = Date.UTC(2026, 4, 12, 9, 30);

/** How a screen is looked at. */
export interface Look {
  colours: 'light' | 'dark';
  /** CSS pixels. */
  width?: number;
  deviceScaleFactor?: number;
}

/**
 * Opens the built page of a screen in a tab. The page is the real one, with its real texts and styles; only what the
 * background would tell it is given, since some states are there for seconds or once in a year.
 */
export async function showScreen(browser: Browser, screen: Screen, look: Look): Promise<Page> {
  const page = await browser.newPage();
  page.setDefaultTimeout(10_000);
  const width = look.width ?? screen.width ?? widths[screen.page];
  await page.setViewport({ width, height: 600, deviceScaleFactor: look.deviceScaleFactor ?? 1 });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: look.colours },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.emulateTimezone('Europe/Berlin');
  // tsx gives functions their names back by a helper that pages do not have.
  await page.evaluateOnNewDocument('globalThis.__name = (one) => one');
  await page.evaluateOnNewDocument(
    pretend,
    JSON.stringify({
      told: screen.before === undefined ? [screen.view] : [screen.before, screen.view],
      answers: screen.answers ?? {},
    }),
    clock,
  );
  await page.goto(
    `chrome-extension://${chromiumExtensionId}/src/${screen.page}/index.html${screen.hash ?? ''}`,
  );
  await page.waitForSelector('h1');
  await page.bringToFront();
  await screen.act?.(page);
  return page;
}

/** Runs in the page before its own code. */
function pretend(given: string, now: number): void {
  const { told, answers } = JSON.parse(given);
  const started = performance.now();
  Date.now = () => now + performance.now() - started;
  const event = { addListener() {}, removeListener() {}, hasListener: () => false };
  const connect = () => ({
    name: 'view',
    onMessage: {
      ...event,
      addListener: (listener: (message: unknown) => void) => {
        // Each once the page has drawn what came before.
        const tell = ([view, ...later]: unknown[]) => {
          listener(JSON.stringify(view));
          if (later.length > 0) requestAnimationFrame(() => setTimeout(tell, 0, later));
        };
        setTimeout(tell, 0, told);
      },
    },
    onDisconnect: event,
    disconnect() {},
    postMessage() {},
  });
  const answerTo = ({ type }: { type: string }) => answers[type] ?? { ok: true };
  const apis = globalThis as { chrome?: ApiLike; browser?: ApiLike };
  for (const api of [apis.chrome, apis.browser]) {
    if (api === undefined) continue;
    api.runtime.connect = connect;
    api.runtime.sendMessage = (message: { type: string }, done?: (answer: unknown) => void) => {
      done?.(answerTo(message));
      return Promise.resolve(answerTo(message));
    };
  }
  interface ApiLike {
    runtime: Record<string, unknown>;
  }
}
