import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { expect } from 'vitest';
import type { Login } from '../../src/background/login.ts';
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
  /** Waits until this response is the newest login and nothing of it is under way any more. */
  settled(response: string): Promise<Login>;
  /** What a popup that is opened now shows of the newest login. */
  newestCard(): Promise<string>;
  /** Runs `act` and returns the ids of the logins that the extension saw meanwhile. */
  loginsSeenDuring(act: () => Promise<unknown>): Promise<string[]>;
  close(): Promise<void>;
}

interface Belongings {
  credentials: string;
  config: string;
  stored: unknown;
}

const credentials =
  '# mine\r\n[other]\naws_access_key_id = AKIAOTHEROTHEROTHER1\naws_secret_access_key = mine\n  s3 =\n    a = b\n';
const config = '[default]\nregion = eu-central-1\n\n[profile dev]\noutput = json\n';

/** Opens a stage on which alice has saved the role Developer of account 111122223333 as the profile `dev`. */
export async function openVictim(options?: StageOptions): Promise<Victim> {
  const stage = await openStage(options);
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
  const evaluate = (expression: string) => popup.page.evaluate(expression);
  const logins = async () =>
    (await evaluate('chrome.storage.session.get().then((s) => s.logins)')) as Login[];
  const settled = (response: string) => reachesEnd(logins, loginId(response));
  let fences = 0;
  return {
    stage,
    popup,
    logins,
    settled,
    async belongings() {
      const [credentials, config, stored] = await Promise.all([
        readFile(stage.home.credentialsFile, 'latin1'),
        readFile(stage.home.configFile, 'latin1'),
        evaluate('chrome.storage.local.get()'),
      ]);
      return { credentials, config, stored };
    },
    async newestCard() {
      const opened = await stage.openPopup();
      const card = await opened.page.waitForSelector('section.card');
      // biome-ignore lint/performance/useDomNodeTextContent: only what is rendered is read by a person
      const text = await card?.evaluate((element) => (element as HTMLElement).innerText);
      await opened.close();
      return text ?? '';
    },
    async loginsSeenDuring(act) {
      const before = new Set((await logins()).map(({ id }) => id));
      await act();
      // Requests are shown in their order: once this one is seen, none before it is still to come.
      fences += 1;
      const fence = Buffer.from(`fence ${fences}`).toString('base64');
      const page = await stage.browser.newPage();
      await page.goto('https://fence.rehearsal.test/');
      await submitForm(page, { fields: [['SAMLResponse', fence]] });
      await settled(fence);
      await page.close();
      const after = (await logins()).map(({ id }) => id);
      return after.filter((id) => id !== loginId(fence) && !before.has(id));
    },
    close: () => stage.close(),
  };
}

async function reachesEnd(logins: () => Promise<Login[]>, id: string): Promise<Login> {
  let newest: Login | undefined;
  const isAtEnd = async () => {
    [newest] = await logins();
    return newest?.id === id && isSettled(newest);
  };
  await expect.poll(isAtEnd, { timeout: 20_000 }).toBe(true);
  return newest as unknown as Login;
}

/** A login with one role is not left at that by itself; one with several waits for a choice. */
const isSettled = ({ failure, roles, sessions }: Login): boolean =>
  failure !== undefined || (sessions.length === 0 ? roles.length > 1 : !sessions.some(isUnderWay));

const isUnderWay = (session: Login['sessions'][number]): boolean =>
  session.step === 'exchanging' || (session.step === 'ready' && session.delivery.step === 'writing');

/** As the extension tells logins apart. */
const loginId = (response: string): string =>
  createHash('sha256').update(response).digest('hex').slice(0, 16);
