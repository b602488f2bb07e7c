// The second half of `npm start`; scripts/start.mjs prepares everything and says what it may be told.
import { parseArgs } from 'node:util';
import { openStage } from '../e2e/stage.ts';
import { openFirefoxStage } from '../firefox/stage.ts';
import { showHeadless } from './show-headless.ts';
import { showWindow } from './show-window.ts';

/** How a show speaks, and how it is ended. */
export interface Told {
  /** Progress. */
  say(text: string): void;
  /** What it was all done for. */
  result(text: string): void;
  /** Ends programs that the show has started. */
  signal: AbortSignal;
}

const { values } = parseArgs({
  options: {
    browser: { type: 'string', default: 'chromium' },
    headless: { type: 'boolean' },
    screenshots: { type: 'string' },
  },
});
const ending = new AbortController();
const told: Told = {
  say: (text) => process.stderr.write(`${text}\n`),
  result: (text) => process.stdout.write(`${text}\n`),
  signal: ending.signal,
};

let status = 0;
// A terminal gives Ctrl-C to every program in it, and each that started another hands it on: it comes twice.
const interrupted = new Promise<void>((resolve) => {
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (status === 0) told.say('Ending …');
      status = 130;
      ending.abort();
      resolve();
    });
  }
});

await main().catch((error: unknown) => {
  // Whatever an interruption breaks on its way out is no failure.
  if (status !== 0) return;
  status = 1;
  told.say(`error: ${error instanceof Error ? error.message : String(error)}`);
});
process.exit(status);

async function main(): Promise<void> {
  const [name, open] = values.browser === 'firefox' ? ['Firefox', openFirefoxStage] : ['Chromium', openStage];
  told.say(`Starting the rehearsal AWS, and ${name} with the extension in a home of its own …`);
  // What makes files is waited for even after an interruption: only then can all of them be removed.
  const stage = await open({ headless: values.headless === true, host: false });
  try {
    if (ending.signal.aborted) return;
    told.say(`  rehearsal: 127.0.0.1:${stage.rehearsal.port}`);
    told.say(`  home: ${stage.home.path}`);
    told.say('Registering the native host there, by roleferry install …');
    await stage.installHost();
    if (ending.signal.aborted) return;
    const show =
      values.headless === true
        ? showHeadless(stage, values.screenshots ?? '.cache/rehearsal', told)
        : showWindow(stage, told);
    await Promise.race([interrupted, show]);
  } finally {
    ending.abort();
    await stage.close();
  }
}
