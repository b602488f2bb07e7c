import type { Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostProcesses, openStage, type Popup, type Stage, savedAs } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { type Hook, hold } from '../rehearsal/fault.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { lookIntoMemory, type Memory } from './memory.ts';
import { type ProfileVersions, watchVersions } from './profile-versions.ts';

/** How often each round is run; more than once in `npm run test:long`. */
const times = Number(process.env.ROLEFERRY_TIMES ?? 1);
const rounds = (least: number) => Array.from({ length: least * times }, (_, index) => index + 1);

const missing = needs('chromium').missing || needs('certutil').missing;

/** Does `begin`, the start of something that ends in a written profile, and stops the worker on the way. */
type Moment = (begin: () => Promise<unknown>) => Promise<unknown>;

describe.skipIf(missing)('a worker that is stopped', () => {
  let stage: Stage;
  let memory: Memory;
  let versions: ProfileVersions;
  /** Where people log in. */
  let tab: Page;
  let logins = 0;

  beforeAll(async () => {
    stage = await openStage();
    memory = await lookIntoMemory(stage);
    tab = await stage.browser.newPage();
    versions = watchVersions(stage.home.credentialsFile);
    stage.rehearsal.onLogin = ({ name }) => (name === 'bob' ? undefined : { roleSessionName: newest() });
    await logIn('alice');
    await withPopup((popup) => savedAs(popup, 'dev'));
  });

  beforeEach(() => versions.forget());

  afterAll(async () => {
    versions?.close();
    await stage?.close();
  });

  /** Every login has a session name of its own, by which the file tells whose credentials are in it. */
  const newest = () => `login-${logins}`;

  async function logIn(user: string, roleArn?: string): Promise<void> {
    logins += 1;
    await stage.logIn(user, { page: tab, ...(roleArn === undefined ? {} : { roleArn }) });
  }

  async function withPopup(work: (popup: Popup) => Promise<void>): Promise<void> {
    const popup = await stage.openPopup();
    await work(popup).finally(popup.close);
  }

  const stop = () => stage.stopWorker();
  const stepIs = (step: string) =>
    expect.poll(() => memory.stepOf(newest()), { interval: 5, timeout: 10_000 }).toBe(step);

  /** The hook that holds what arrives there, until `work` is done or releases it. */
  async function held(
    place: 'onSts' | 'onSignIn',
    begin: () => Promise<unknown>,
    work: (release: () => void) => Promise<unknown>,
  ): Promise<void> {
    const { hook, release } = hold();
    const arrived = new Promise<void>((resolve) => {
      const holding: Hook = (request) => {
        resolve();
        return hook(request);
      };
      stage.rehearsal[place] = holding;
    });
    const done = begin();
    await arrived;
    stage.rehearsal[place] = undefined;
    await work(release);
    release();
    await done;
  }

  async function whileHostWaits(
    begin: () => Promise<unknown>,
    work: (release: () => Promise<void>) => Promise<unknown>,
  ): Promise<void> {
    const lock = await stage.holdWrites();
    try {
      await begin();
      await stepIs('writing');
      await work(lock.release);
    } finally {
      await lock.release();
    }
  }

  const onTheWay: Record<string, Moment> = {
    'as soon as the login is seen': (begin) =>
      held('onSignIn', begin, async () => {
        await expect.poll(() => memory.stepOf(newest()), { interval: 1 }).toBeDefined();
        await stop();
      }),
    'while STS is asked': (begin) => held('onSts', begin, stop),
    'while STS answers': (begin) =>
      held('onSts', begin, (release) => {
        release();
        return stop();
      }),
  };
  const inTheWriting: Record<string, Moment> = {
    'while the host waits': (begin) => whileHostWaits(begin, stop),
    'while the host writes': (begin) => whileHostWaits(begin, (release) => Promise.all([release(), stop()])),
    'when the file is written and the answer not seen': (begin) =>
      Promise.all([versions.next().then(stop), begin()]),
  };
  const beforeAndAfter: Record<string, Moment> = {
    'before it': async (begin) => {
      await stop();
      await begin();
    },
    'after it': async (begin) => {
      await begin();
      await stepIs('written');
      await stop();
    },
  };

  describe('in a login with a bound role', () => {
    const wakers: Record<string, () => Promise<void>> = {
      'the popup': () => withPopup((popup) => popup.reads('Developer')),
      "someone else's login": () => logInBeside('bob'),
      'the next login': () => logIn('alice'),
    };

    /** A login that is not the one this is about. */
    async function logInBeside(user: string): Promise<void> {
      await stage.logIn(user, { page: tab });
    }

    async function expectDelivered(): Promise<void> {
      await stepIs('written');
      const sessions = versions.sessionsOf('dev');
      expect(sessions.at(-1)).toBe(newest());
      expect(new Set(sessions).size, sessions.join()).toBe(sessions.length);
      expect(versions.broken).toEqual([]);
    }

    for (const [when, moment] of Object.entries({ ...beforeAndAfter, ...onTheWay, ...inTheWriting })) {
      for (const [what, wake] of Object.entries(wakers)) {
        it.each(rounds(1))(`${when}, delivers it exactly once when ${what} wakes it, round %i`, async () => {
          await moment(() => logIn('alice'));
          await wake();
          await expectDelivered();
        });
      }
    }

    // The first moment is left out: it may come before the alarm is set.
    for (const [when, moment] of Object.entries({ ...onTheWay, ...inTheWriting }).slice(1)) {
      it(`${when}, wakes by itself within half a minute`, async () => {
        await moment(() => logIn('alice'));
        if ((await memory.stepOf(newest())) !== 'written') {
          expect(await memory.alarm()).toBeLessThanOrEqual(30_000);
        }
        await memory.ringAlarm();
        await expectDelivered();
      });
    }
  });

  describe('in a login with a role that is not bound', () => {
    const allProjects = 40;
    let projects = 0;
    let role: string;
    let profile: string;

    // The roles that were saved before would be written again with each login, beside the one this is about.
    beforeAll(async () => {
      await memory.page.evaluate('chrome.storage.local.set({ settings: { refreshTogether: false } })');
    });

    beforeEach(async () => {
      // Those that were saved are saved no more when they come again.
      if (projects === allProjects) await memory.page.evaluate('chrome.storage.local.remove("bindings")');
      projects = (projects % allProjects) + 1;
      const name = `Project-${String(projects).padStart(2, '0')}`;
      role = iamArn(accounts.development, `role/team/${name}`);
      profile = name.toLowerCase();
    });

    const logInToProject = () => logIn('dave', role);

    async function expectSavedOnce(popup: Popup): Promise<void> {
      await popup.reads('Saved.');
      await stepIs('written');
      expect(await popup.text()).not.toContain('unexpected');
      expect(versions.sessionsOf(profile)).toEqual([newest()]);
      expect(versions.broken).toEqual([]);
    }

    const wakers: Record<string, () => Promise<void>> = {
      'the popup': async () => {},
      'the next login': logInToProject,
    };

    for (const [when, moment] of Object.entries({ 'before it': beforeAndAfter['before it'], ...onTheWay })) {
      for (const [what, wake] of Object.entries(wakers)) {
        it.each(rounds(1))(
          `${when}, has it in the popup to be saved when ${what} wakes it, round %i`,
          async () => {
            await moment?.(logInToProject);
            await wake();
            await withPopup(async (popup) => {
              await popup.reads(profile.replace('p', 'P'));
              expect(await popup.profileName()).toBe(profile);
              await popup.press('Save');
              await expectSavedOnce(popup);
            });
          },
        );
      }
    }

    it('when the credentials are there, still has them in the popup to be saved', async () => {
      await logInToProject();
      await stepIs('none');
      await stop();
      await withPopup(async (popup) => {
        expect(await popup.profileName()).toBe(profile);
        await popup.press('Save');
        await expectSavedOnce(popup);
      });
    });

    for (const [when, moment] of Object.entries({ ...beforeAndAfter, ...inTheWriting })) {
      it.each(rounds(3))(`${when}, saves what the person said exactly once, round %i`, async () => {
        await logInToProject();
        await withPopup(async (popup) => {
          expect(await popup.profileName()).toBe(profile);
          await moment(() => popup.press('Save'));
          await expectSavedOnce(popup);
        });
      });
    }
  });

  it('leaves no host behind', async () => {
    await expect.poll(async () => (await hostProcesses(stage)).length, { timeout: 15_000 }).toBeLessThan(2);
  });
});
