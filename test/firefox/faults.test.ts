import { describe, expect, it } from 'vitest';
import { memoryOn } from '../faults/memory.ts';
import { aboutToStop } from '../faults/stopping.ts';
import { needs } from '../needs.ts';
import { type Hook, stsError } from '../rehearsal/fault.ts';
import { openFirefoxStage } from './stage.ts';

const missing = needs('firefox').missing || needs('certutil').missing;

/** Each moment once; the many rounds of each are in test/faults/stopped-worker.test.ts. */
describe.skipIf(missing)('an event page that is stopped', () => {
  const scene = aboutToStop(async () => {
    const stage = await openFirefoxStage();
    return { stage, memory: memoryOn(await stage.openFile('third-party-licenses.txt')) };
  });
  const { logIn, withPopup, expectDelivered, onTheWay, inTheWriting, beforeAndAfter } = scene;

  it.each(Object.entries({ ...beforeAndAfter, ...onTheWay, ...inTheWriting }))(
    '%s, delivers a login with a bound role exactly once when the popup wakes it',
    async (_, moment) => {
      await moment(() => logIn('alice'));
      await withPopup((popup) => popup.reads('Developer'));
      await expectDelivered();
    },
  );

  it('while STS is asked, delivers it exactly once when the next login wakes it', async () => {
    await onTheWay['while STS is asked']?.(() => logIn('alice'));
    await logIn('alice');
    await expectDelivered();
  });

  it('while the host waits, wakes by itself within half a minute', async () => {
    await inTheWriting['while the host waits']?.(() => logIn('alice'));
    expect(await scene.memory.alarm()).toBeLessThanOrEqual(30_000);
    await scene.memory.ringAlarm();
    await expectDelivered();
  });

  it.each(Object.entries(inTheWriting))('%s, saves what the user said exactly once', async (_, moment) => {
    await scene.memory.page.evaluate('chrome.storage.local.remove("bindings")');
    await logIn('alice');
    await withPopup(async (popup) => {
      await popup.typeProfileName('dev');
      await moment(() => popup.press('Save'));
      await popup.reads('Saved.');
    });
    await expectDelivered();
  });

  it.each<[string, Hook, string]>([
    ['cannot be reached', () => 'cut', 'could not be reached'],
    ['says that it is overloaded', () => stsError(503, 'ServiceUnavailable', 'Slow down'), 'HTTP 503'],
  ])('shows that STS %s, and trying again helps', async (_, fault, words) => {
    scene.stage.rehearsal.onSts = fault;
    await logIn('alice');
    await withPopup(async (popup) => {
      await popup.reads(words);
      scene.stage.rehearsal.onSts = undefined;
      await popup.press('Try again');
    });
    await expectDelivered();
  });
});
