import type { Browser } from 'puppeteer';

interface TraceEvent {
  name: string;
  /** Microseconds of the system's monotonic clock. */
  ts: number;
  dur?: number;
  args?: { fileName?: string; data?: { url?: string } };
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
      const file = 'background.js';
      const isOfWorker = ({ args }: TraceEvent) =>
        [args?.fileName, args?.data?.url].some((name) => name?.endsWith(`/${file}`));
      const first = (name: string, isWanted = isOfWorker) =>
        events.filter((event) => event.name === name && isWanted(event)).toSorted((a, b) => a.ts - b.ts)[0];
      const at = ({ ts, dur = 0 }: TraceEvent = { name: '', ts: Number.NaN }, part = 0) =>
        sinceEpoch + (ts + part * dur) / 1000;
      const run = first('v8.run');
      return {
        'the worker is asked for': at(first('ServiceWorkerVersion::StartWorkerRequested', () => true)),
        'the worker is in its process': at(first('v8.compile')),
        'the code of the worker runs': at(run),
        'the listeners stand': at(run, 1),
      };
    },
  };
}
