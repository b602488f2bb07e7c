import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { hostProcesses, openStage, type Stage } from '../e2e/stage.ts';
import type { Row } from './row.ts';
import { spreadOf } from './side-by-side.ts';
import { bindOnce, fileWith, noHosts, postedAt, slowSts } from './stopwatch.ts';
import { traceWorkerStart } from './worker-trace.ts';

/** When each step of a login was, in milliseconds from the arrival of the POST at AWS. */
export const timeline: Row = {
  name: 'timeline',
  async *measure(rounds) {
    const stage = await openStage();
    try {
      const sts = slowSts(stage.rehearsal);
      await bindOnce(stage, 'alice');
      const page = await stage.browser.newPage();
      for (const asleep of [true, false]) {
        const steps: Record<string, number[]> = {};
        for (let round = 0; round < rounds; round++) {
          if (asleep) {
            await stage.stopWorker();
            await noHosts(stage);
          }
          const hosts = asleep ? firstHost(stage) : undefined;
          const trace = asleep ? await traceWorkerStart(stage.browser) : undefined;
          const before = readFileSync(stage.home.credentialsFile, 'utf8');
          const written = fileWith(stage.home.credentialsFile, (content) => content !== before);
          const posts = stage.rehearsal.requests.length;
          await stage.logIn('alice', { page });
          const { at } = await written;
          const start = postedAt(stage.rehearsal);
          const asked = stage.rehearsal.requests.slice(posts).find(({ action }) => action !== undefined);
          const all = {
            ...(hosts && { 'the host is started': await hosts }),
            ...(await trace?.end()),
            'STS is asked': asked?.arrivedAt ?? Number.NaN,
            'STS has answered': sts.answeredAt,
            'the new key is in the file': at,
          };
          for (const [step, time] of Object.entries(all)) {
            steps[step] ??= [];
            steps[step].push(time - start);
          }
        }
        yield {
          what: `steps of a login, all ${asleep ? 'asleep' : 'awake'}`,
          against: 'milliseconds after the POST',
          figures: Object.fromEntries(
            Object.entries(steps).map(([step, times]) => [step, Math.round(spreadOf(times).median)]),
          ),
        };
      }
    } finally {
      await stage.close();
    }
  },
};

/** When the next host is there, to the few milliseconds that looking for it takes. */
async function firstHost(stage: Stage): Promise<number> {
  while ((await hostProcesses(stage)).length === 0) await delay(5);
  return Date.now();
}
