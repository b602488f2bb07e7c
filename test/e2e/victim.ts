import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { Page } from 'puppeteer';
import { expect } from 'vitest';
import type { Login } from '../../src/background/state/login.ts';
import type { HistoryEntry } from '../../src/webext/view.ts';
import { accounts, iamArn, type RolePair } from '../rehearsal/world.ts';
import { soon } from '../soon.ts';
import { submitForm } from './attacker.ts';
import { openStage, type Popup, type Stage, type StageOptions, savedAs } from './stage.ts';

/** Someone who uses the product, has a profile of it, and other things in the files of AWS. */
export interface Victim {
  stage: Stage;
  /** The popup's page in a tab that stays open. */
  popup: Popup;
  /** Everything that no attack may change: the files, and all that the extension keeps on the disk. */
  belongings(): Promise<Belongings>;
  /** The logins that the extension holds, newest first. */
  logins(): Promise<Login[]>;
  /** Waits until this response is the newest login and nothing of it is in progress. */
  settled(response: string): Promise<Login>;
  /** Waits until this response is the newest login and what it gave is written. */
  delivered(response: string): Promise<Login>;
  /** Waits until no login has anything in progress. */
  allSettled(): Promise<Login[]>;
  /** What a popup that is opened now shows of the newest login. */
  newestCard(): Promise<string>;
  /** Waits until the toolbar button says so. */
  badgeSays(text: string): Promise<void>;
  /** Runs `act` and returns the ids of the logins that the extension saw during it. */
  loginsSeenDuring(act: () => Promise<unknown>): Promise<string[]>;
  /** Opens a page in front of everything else. */
  visit(host: string): Promise<Page>;
  /** Closes all that was opened since, and leaves the popup. */
  closeTabs(): Promise<void>;
  close(): Promise<void>;
}

export interface Belongings {
  credentials: string;
  config: string;
  /** Of the history all but that the victim's own role was written to its profile. */
  stored: unknown;
}

/** What this uses of the API that pages of extensions have. */
declare const chrome: {
  storage: {
    local: { get(): Promise<{ history?: HistoryEntry[] }> };
    session: {
      get(): Promise<{ logins?: Login[] }>;
      onChanged: Record<'addListener' | 'removeListener', (listener: () => void) => void>;
    };
  };
};

const credentials =
  '# mine\r\n[other]\naws_access_key_id = AKIAOTHEROTHEROTHER1\naws_secret_access_key = mine\n  s3 =\n    a = b\n';
const config = '[default]\nregion = eu-central-1\n\n[profile dev]\noutput = json\n';

export const victimIssuer = 'https://idp.rehearsal.test/metadata';
export const victimRole: RolePair = {
  role: iamArn(accounts.development, 'role/Developer'),
  provider: iamArn(accounts.development, 'saml-provider/Rehearsal'),
};

const isOwnWrite = ({ what, outcome, accountId, roleName, profile, issuer }: HistoryEntry): boolean =>
  what === 'write' &&
  outcome === 'done' &&
  accountId === accounts.development &&
  roleName === 'Developer' &&
  profile === 'dev' &&
  issuer === victimIssuer;

/** Opens a stage on which alice has saved the role Developer of account 111122223333 as the profile `dev`. */
export const openVictim = async (options?: StageOptions): Promise<Victim> =>
  makeVictim(await openStage(options));

/** Lets alice do that on a stage. */
export async function makeVictim(stage: Stage): Promise<Victim> {
  try {
    await writeFile(stage.home.credentialsFile, credentials, { mode: 0o600 });
    await writeFile(stage.home.configFile, config, { mode: 0o600 });
    await stage.logIn('alice');
    const popup = await stage.openPopup();
    await savedAs(popup, 'dev');
    return victimOn(stage, popup);
  } catch (error) {
    await stage.close();
    throw error;
  }
}

function victimOn(stage: Stage, popup: Popup): Victim {
  const logins = async () => (await popup.page.evaluate(() => chrome.storage.session.get())).logins ?? [];
  const newestOf = (all: Login[]): Login => {
    const [newest] = all;
    if (newest === undefined) throw new Error('There is no login.');
    return newest;
  };
  const settled = async (response: string) =>
    newestOf(await untilAtEnd(popup.page, { id: loginId(response) }));
  const visit = async (host: string) => {
    // In a new tab: one still on its way to AWS may refuse to go elsewhere.
    const page = await stage.browser.newPage();
    await page.goto(`https://${host}/`);
    return page;
  };
  let fences = 0;
  return {
    stage,
    popup,
    logins,
    settled,
    delivered: async (response) =>
      newestOf(await untilAtEnd(popup.page, { id: loginId(response), step: 'written' })),
    allSettled: () => untilAtEnd(popup.page, {}),
    async belongings() {
      const [credentials, config, stored] = await Promise.all([
        readFile(stage.home.credentialsFile, 'latin1'),
        readFile(stage.home.configFile, 'latin1'),
        popup.page.evaluate(() => chrome.storage.local.get()),
      ]);
      const strange = stored.history?.filter((entry) => !isOwnWrite(entry)) ?? [];
      return { credentials, config, stored: { ...stored, history: strange } };
    },
    async newestCard() {
      await popup.reopen();
      return popup.newestCard();
    },
    async badgeSays(text) {
      await expect.poll(() => popup.page.evaluate('chrome.action.getBadgeText({})'), soon).toBe(text);
    },
    async loginsSeenDuring(act) {
      const before = new Set((await logins()).map(({ id }) => id));
      await act();
      // Requests are shown in their order: once this one is seen, none before it is still to come.
      fences += 1;
      const fence = Buffer.from(`fence ${fences}`).toString('base64');
      await submitForm(await visit('fence.rehearsal.test'), { fields: [['SAMLResponse', fence]] });
      await settled(fence);
      const after = (await logins()).map(({ id }) => id);
      return after.filter((id) => id !== loginId(fence) && !before.has(id));
    },
    visit,
    async closeTabs() {
      // One after the other: a window that is closed at the same time as its opener never says that it is.
      for (const page of await stage.browser.pages()) if (page !== popup.page) await page.close();
    },
    close: () => stage.close(),
  };
}

/**
 * Waits in a page of the extension, as its storage tells of changes, until the newest login is the one with this id,
 * nothing of it is under way, and its delivery has come to `step`; without an id, until nothing of any login is under
 * way. Returns all logins, newest first.
 */
const untilAtEnd = (page: Page, wanted: { id?: string; step?: string }): Promise<Login[]> =>
  page.evaluate(async ({ id, step }) => {
    const isUnderWay = (session: Login['sessions'][number]) =>
      session.step === 'exchanging' || (session.step === 'ready' && session.delivery.step === 'writing');
    // A login with one role continues automatically; one with several waits for a choice.
    const isAtEnd = ({ failure, roles, sessions }: Login) =>
      failure !== undefined || (sessions.length === 0 ? roles.length > 1 : !sessions.some(isUnderWay));
    const isThere = (session: Login['sessions'][number]) =>
      step === undefined || (session.step === 'ready' && session.delivery.step === step);
    const fits = ([newest, ...older]: Login[]) =>
      newest !== undefined &&
      isAtEnd(newest) &&
      (id === undefined ? older.every(isAtEnd) : newest.id === id && newest.sessions.every(isThere));
    const { session } = chrome.storage;
    for (;;) {
      let changed = () => {};
      const change = new Promise<void>((resolve) => {
        changed = resolve;
      });
      session.onChanged.addListener(changed);
      const { logins = [] } = await session.get();
      const isOver = fits(logins);
      if (!isOver) await change;
      session.onChanged.removeListener(changed);
      if (isOver) return logins;
    }
  }, wanted);

/** As the extension tells logins apart. */
const loginId = (response: string): string =>
  createHash('sha256').update(response).digest('hex').slice(0, 16);
