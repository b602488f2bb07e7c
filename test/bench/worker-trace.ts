import type { Browser } from 'puppeteer';

interface TraceEvent {
  name: string;
  /** Microseconds of the system's monotonic clock. */
  ts: number;
  dur?: number;
  args?: { data?: { url?: string } };
}

/** Follows the start of a worker in the browser's own trace, until it is ended. */
export async function traceWorkerStart(browser: Browser) {
  const protocol = await browser.target().createCDPSession();
  const events: TraceEvent[] = [];
  protocol.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])));
  await protocol.send('Tracing.start', {
    traceConfig: { includedCategories: ['ServiceWorker', 'v8'] },
    transferMode: 'ReportEvents',
  });
  return {
    /** When each step was; milliseconds since the epoch. */
    async end(): Promise<Record<string, number>> {
      const complete = new Promise((resolve) => protocol.once('Tracing.tracingComplete', resolve));
      await protocol.send('Tracing.end');
      await complete;
      await protocol.detach();
      const sinceEpoch = Date.now() - Number(process.hrtime.bigint()) / 1e6;
      const first = (name: string, url = '') =>
        events
          .filter((event) => event.name === name && (event.args?.data?.url ?? '').includes(url))
          .toSorted((a, b) => a.ts - b.ts)[0];
      const at = ({ ts, dur = 0 }: TraceEvent = { name: '', ts: Number.NaN }, part = 0) =>
        sinceEpoch + (ts + part * dur) / 1000;
      const evaluated = first('v8.evaluateModule');
      return {
        'the worker is asked for': at(first('ServiceWorkerVersion::StartWorkerRequested')),
        'the worker is in its process': at(first('v8.compileModule', 'service-worker-loader.js')),
        'the code of the worker runs': at(evaluated),
        'the listeners stand': at(evaluated, 1),
      };
    },
  };
}
