import type { Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, expect } from 'vitest';
import { type Popup, type Stage, savedAs } from '../e2e/stage.ts';
import { type Hook, hold } from '../rehearsal/fault.ts';
import { soon } from '../soon.ts';
import { letNamesChange, type Memory } from './memory.ts';
import { type ProfileVersions, watchVersions } from './profile-versions.ts';

/** Does `begin`, the start of something that ends in a written profile, and stops the worker on the way. */
type Moment = (begin: () => Promise<unknown>) => Promise<unknown>;

type Moments = Record<string, Moment>;

/** What the tests share that stop the worker while a login of theirs is under way. */
export interface StoppingScene {
  stage: Stage;
  memory: Memory;
  versions: ProfileVersions;
  /** Logs in, always in the same tab, under a session name of this login's own. */
  logIn(user: string, roleArn?: string): Promise<void>;
  /** Logs in beside the login that the test is about. */
  logInBeside(user: string): Promise<void>;
  /** The newest login's session name, which tells whose credentials are in the file. */
  newest(): string;
  /** Waits until the newest login has come to this step of `Memory.stepOf`. */
  stepIs(step: string): Promise<void>;
  withPopup(work: (popup: Popup) => Promise<void>): Promise<void>;
  /** The newest login is in the profile `dev`, was written once, and no version of the file was broken. */
  expectDelivered(): Promise<void>;
  onTheWay: Moments;
  inTheWriting: Moments;
  beforeAndAfter: Moments;
}

/** Sets the scene for the suite that calls this: alice has saved her role as the profile `dev`. */
export function aboutToStop(open: () => Promise<Pick<StoppingScene, 'stage' | 'memory'>>): StoppingScene {
  /** Where people log in. */
  let tab: Page;
  let logins = 0;

  const stop = () => scene.stage.stopWorker();

  const isSeen = () =>
    expect.poll(() => scene.memory.stepOf(scene.newest()), { interval: 1, ...soon }).toBeDefined();

  /** What is under way is noted first, and then the alarm set that wakes the worker for it. */
  const alarmIsSet = () =>
    expect.poll(() => scene.memory.alarm(), { interval: 5, ...soon }).toBeLessThanOrEqual(30_000);

  /** The hook that holds what arrives there, until `work` is done or releases it. */
  async function held(
    place: 'onSts' | 'onSignIn',
    begin: () => Promise<unknown>,
    work: (release: () => void) => Promise<unknown>,
  ): Promise<void> {
    const { rehearsal } = scene.stage;
    const { hook, release } = hold();
    const arrived = new Promise<void>((resolve) => {
      const holding: Hook = (request) => {
        resolve();
        return hook(request);
      };
      rehearsal[place] = holding;
    });
    const done = begin();
    await arrived;
    rehearsal[place] = undefined;
    await work(release);
    release();
    await done;
  }

  async function whileHostWaits(
    begin: () => Promise<unknown>,
    work: (release: () => Promise<void>) => Promise<unknown>,
  ): Promise<void> {
    const lock = await scene.stage.holdWrites();
    try {
      await begin();
      await scene.stepIs('writing');
      await alarmIsSet();
      await work(lock.release);
    } finally {
      await lock.release();
    }
  }

  const acts: Omit<StoppingScene, 'stage' | 'memory' | 'versions'> = {
    newest: () => `login-${logins}`,
    async logIn(user, roleArn) {
      logins += 1;
      await scene.stage.logIn(user, { page: tab, ...(roleArn === undefined ? {} : { roleArn }) });
    },
    async logInBeside(user) {
      await scene.stage.logIn(user, { page: tab });
    },
    stepIs: (step) =>
      expect.poll(() => scene.memory.stepOf(scene.newest()), { interval: 5, ...soon }).toBe(step),
    async withPopup(work) {
      const popup = await scene.stage.openPopup();
      await work(popup).finally(popup.close);
    },
    async expectDelivered() {
      await scene.stepIs('written');
      const sessions = scene.versions.sessionsOf('dev');
      expect(sessions.at(-1)).toBe(scene.newest());
      expect(new Set(sessions).size, sessions.join()).toBe(sessions.length);
      expect(scene.versions.broken).toEqual([]);
    },
    onTheWay: {
      'as soon as the login is seen': (begin) =>
        held('onSignIn', begin, async () => {
          await isSeen();
          await stop();
        }),
      'while STS is asked': (begin) =>
        held('onSts', begin, async () => {
          await alarmIsSet();
          await stop();
        }),
      'while STS answers': (begin) =>
        held('onSts', begin, async (release) => {
          await alarmIsSet();
          release();
          await stop();
        }),
    },
    inTheWriting: {
      'while the host waits': (begin) => whileHostWaits(begin, stop),
      'while the host writes': (begin) =>
        whileHostWaits(begin, (release) => Promise.all([release(), stop()])),
      'when the file is written and the answer not seen': (begin) =>
        Promise.all([scene.versions.next().then(stop), begin()]),
    },
    beforeAndAfter: {
      'before it': async (begin) => {
        await stop();
        await begin();
        await isSeen();
      },
      'after it': async (begin) => {
        await begin();
        await scene.stepIs('written');
        await stop();
      },
    },
  };
  const scene = acts as StoppingScene;

  beforeAll(async () => {
    Object.assign(scene, await open());
    const { stage } = scene;
    tab = await stage.browser.newPage();
    scene.versions = watchVersions(stage.home.credentialsFile);
    stage.rehearsal.onLogin = ({ name }) =>
      name === 'bob' ? undefined : { roleSessionName: scene.newest() };
    await scene.logIn('alice');
    await scene.withPopup(async (popup) => {
      await letNamesChange(popup.page);
      await savedAs(popup, 'dev');
    });
  });

  beforeEach(() => scene.versions.forget());

  afterAll(async () => {
    scene.versions?.close();
    await scene.stage?.close();
  });

  return scene;
}
