import { chromiumExtensionId } from '../../src/core/product.ts';
import { openStage } from '../e2e/stage.ts';
import type { Row } from './row.ts';
import { bindOnce } from './stopwatch.ts';

const milestones = [10, 50, 100, 200, 500, 1_000];

/** What the worker holds after logins, fifty or as many as there are rounds, when everything that can go is gone. */
export const workerMemory: Row = {
  name: 'worker-memory',
  async *measure(rounds) {
    const stage = await openStage();
    try {
      await bindOnce(stage, 'alice');
      const url = `chrome-extension://${chromiumExtensionId}/`;
      const target = await stage.browser.waitForTarget(
        (one) => one.type() === 'service_worker' && one.url().startsWith(url),
      );
      const worker = await target.worker();
      if (worker === null) throw new Error('there is no worker');
      const page = await stage.browser.newPage();
      const heap = async () => {
        await worker.client.send('HeapProfiler.collectGarbage');
        const { usedSize } = await worker.client.send('Runtime.getHeapUsage');
        return `${(usedSize / 1e6).toFixed(2)} MB`;
      };
      const figures: Record<string, string> = { 'after 1 login': await heap() };
      const most = Math.max(50, rounds);
      for (let login = 2; login <= most; login++) {
        await stage.logIn('alice', { page });
        if (milestones.includes(login)) figures[`after ${login.toLocaleString('en')}`] = await heap();
      }
      yield { what: 'memory of the worker', against: 'itself after one login', figures };
    } finally {
      await stage.close();
    }
  },
};
