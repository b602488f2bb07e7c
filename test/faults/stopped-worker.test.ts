import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hostProcesses, openStage, type Popup } from '../e2e/stage.ts';
import { needs } from '../needs.ts';
import { accounts, iamArn } from '../rehearsal/world.ts';
import { lookIntoMemory } from './memory.ts';
import { aboutToStop } from './stopping.ts';

/** How often each round is run; more than once in `npm run test:long`. */
const times = Number(process.env.ROLEFERRY_TIMES ?? 1);
const rounds = (least: number) => Array.from({ length: least * times }, (_, index) => index + 1);

const missing = needs('chromium').missing || needs('certutil').missing;

describe.skipIf(missing)('a worker that is stopped', () => {
  const scene = aboutToStop(async () => {
    const stage = await openStage();
    return { stage, memory: await lookIntoMemory(stage) };
  });
  const { logIn, newest, stepIs, withPopup, expectDelivered } = scene;
  const { onTheWay, inTheWriting, beforeAndAfter } = scene;
  const stop = () => scene.stage.stopWorker();

  describe('in a login with a bound role', () => {
    const wakers: Record<string, () => Promise<void>> = {
      'the popup': () => withPopup((popup) => popup.reads('Developer')),
      "someone else's login": () => scene.logInBeside('bob'),
      'the next login': () => logIn('alice'),
    };

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
        if ((await scene.memory.stepOf(newest())) !== 'written') {
          expect(await scene.memory.alarm()).toBeLessThanOrEqual(30_000);
        }
        await scene.memory.ringAlarm();
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
      await scene.memory.page.evaluate('chrome.storage.local.set({ settings: { refreshTogether: false } })');
    });

    beforeEach(async () => {
      // Saved ones are not saved again when they come back.
      if (projects === allProjects)
        await scene.memory.page.evaluate('chrome.storage.local.remove("bindings")');
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
      expect(scene.versions.sessionsOf(profile)).toEqual([newest()]);
      expect(scene.versions.broken).toEqual([]);
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
      it.each(rounds(3))(`${when}, saves what the user said exactly once, round %i`, async () => {
        await logInToProject();
        // Where the login comes to the top of a popup that is open, no click acts for a moment.
        await stepIs('none');
        await withPopup(async (popup) => {
          expect(await popup.profileName()).toBe(profile);
          await moment(() => popup.press('Save'));
          await expectSavedOnce(popup);
        });
      });
    }
  });

  it('leaves no host behind', async () => {
    await expect
      .poll(async () => (await hostProcesses(scene.stage)).length, { timeout: 15_000 })
      .toBeLessThan(2);
  });
});
