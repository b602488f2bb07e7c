/** How a program of the rehearsal speaks, and how it is ended. */
export interface Told {
  /** Progress. */
  say(text: string): void;
  /** What it was all done for. */
  result(text: string): void;
  /** Ends programs that it has started. */
  signal: AbortSignal;
}

/**
 * Runs a whole program and ends this process with its status. Ctrl-C aborts the signal; the program is given until its
 * promise settles to clear up.
 */
export async function runTold(main: (told: Told) => Promise<void>): Promise<never> {
  const ending = new AbortController();
  const told: Told = {
    say: (text) => process.stderr.write(`${text}\n`),
    result: (text) => process.stdout.write(`${text}\n`),
    signal: ending.signal,
  };
  let status = 0;
  // A terminal gives Ctrl-C to every program in it, and each that started another hands it on: it comes twice.
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, () => {
      if (status === 0) told.say('Ending …');
      status = 130;
      ending.abort();
    });
  }
  await main(told).catch((error: unknown) => {
    // Whatever an interruption breaks on its way out is no failure.
    if (status !== 0) return;
    status = 1;
    told.say(`error: ${error instanceof Error ? error.message : String(error)}`);
  });
  ending.abort();
  process.exit(status);
}

/** Settles when the signal comes. */
export const interrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve());
  });
