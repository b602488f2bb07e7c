import { isTerminal } from '../terminal/is-terminal.ts';
import { tell } from '../terminal/tell.ts';

/** How often to update the line that shows progress; milliseconds. */
const tick = 1000;

/** A wait that is shown. */
interface Waiting {
  end(): void;
}

/**
 * Prints on stderr what is done (`opening`) and what it waits for (`awaited`), until `end`. On a terminal the line counts
 * the time. A signal meanwhile tidies the terminal and ends the program.
 */
export function showWaiting(opening: string, awaited: string, seconds: number): Waiting {
  tell(`${opening}\n`);
  if (isTerminal(2)) return count(awaited, seconds);
  tell(`waiting for ${awaited}, at most ${seconds} s\n`);
  return { end() {} };
}

/** After a second, says on a terminal what it waits for, until `end`. */
export function showSlowWait(awaited: string, seconds: number): Waiting {
  if (!isTerminal(2)) return { end() {} };
  let shown: Waiting | undefined;
  const late = setTimeout(() => {
    shown = count(awaited, Math.ceil(seconds) - 1);
  }, tick);
  return {
    end() {
      clearTimeout(late);
      shown?.end();
    },
  };
}

/** Counts the seconds that are left in a line of the terminal. */
function count(awaited: string, seconds: number): Waiting {
  const started = Date.now();
  const show = () => {
    const left = Math.max(0, seconds - Math.floor((Date.now() - started) / 1000));
    tell(`\r\u001b[Kwaiting for ${awaited}, ${left} s left (Ctrl-C ends this)`);
  };
  const ticking = setInterval(show, tick);
  const end = () => {
    clearInterval(ticking);
    for (const signal of signals) process.off(signal, endBySignal);
    tell('\r\u001b[K');
  };
  const endBySignal = (signal: NodeJS.Signals) => {
    end();
    process.kill(process.pid, signal);
  };
  for (const signal of signals) process.on(signal, endBySignal);
  show();
  return { end };
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
