import type { Page } from 'puppeteer';
import type { Login } from '../../src/background/state/login.ts';
import { chromiumExtensionId } from '../../src/core/product.ts';
import { openTab } from '../e2e/open-tab.ts';
import type { Stage } from '../e2e/stage.ts';

/** What the extension holds, looked at without waking its worker. */
export interface Memory {
  /** A page of the extension that runs no script of it. */
  page: Page;
  /** Everything that outlasts a stop of the worker, as text. */
  all(): Promise<string>;
  /**
   * The state of the login with this session name: `seen`, `exchanging`, `failed`, or its delivery's. `undefined` if
   * there is none.
   */
  stepOf(sessionName: string): Promise<string | undefined>;
  /** When the worker wakes up; milliseconds from now. */
  alarm(): Promise<number | undefined>;
  /** Lets that time come at once. */
  ringAlarm(): Promise<void>;
  /** Makes everything held older by this many seconds, as after a sleep. The worker must be stopped. */
  letPass(seconds: number): Promise<void>;
}

export async function lookIntoMemory({ browser }: Pick<Stage, 'browser'>): Promise<Memory> {
  return memoryOn(await openTab(browser, `chrome-extension://${chromiumExtensionId}/manifest.json`));
}

/** For tests that tell logins apart by their session names: the user has said that names change at each login. */
export async function letNamesChange(page: Page): Promise<void> {
  const changingNames = ['https://idp.rehearsal.test/metadata'];
  await page.evaluate(`chrome.storage.local.set(${JSON.stringify({ changingNames })})`);
}

/** Looks from a page of the extension that runs no script of it. */
export function memoryOn(page: Page): Memory {
  const all = async () =>
    String(await page.evaluate('chrome.storage.session.get().then((all) => JSON.stringify(all))'));
  return {
    page,
    all,
    async stepOf(sessionName) {
      const { logins = [] } = JSON.parse(await all()) as { logins?: Login[] };
      const login = logins.find((one) => one.sessionName === sessionName);
      const session = login?.sessions[0];
      if (session === undefined) return login && 'seen';
      return session.step === 'ready' ? session.delivery.step : session.step;
    },
    async alarm() {
      const time = await page.evaluate(
        "chrome.alarms.get('drop-expired').then((alarm) => alarm?.scheduledTime)",
      );
      return time === undefined ? undefined : Number(time) - Date.now();
    },
    async ringAlarm() {
      await page.evaluate("chrome.alarms.create('drop-expired', { when: Date.now() })");
    },
    async letPass(seconds) {
      const { logins = [] } = JSON.parse(await all()) as { logins?: Login[] };
      const passed = logins.map((login) => ({
        ...login,
        seenAt: login.seenAt - seconds * 1000,
        redeemBefore: login.redeemBefore - seconds * 1000,
        sessions: login.sessions.map((session) =>
          session.step === 'ready' ? { ...session, endsAt: session.endsAt - seconds * 1000 } : session,
        ),
      }));
      await page.evaluate(`chrome.storage.session.set(${JSON.stringify({ logins: passed })})`);
    },
  };
}
