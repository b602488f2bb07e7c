import { isTerminal } from '../terminal/is-terminal.ts';
import { tell } from '../terminal/tell.ts';

/** How often to update the line that shows progress; milliseconds. */
const tick = 1000;

/**
 * Prints on stderr what is done (`opening`) and what it waits for (`awaited`), until `end`. On a terminal the line counts
 * the time. A signal meanwhile tidies the terminal and ends the program.
 */
export function showWaiting(opening: string, awaited: string, seconds: number): { end(): void } {
  tell(`${opening}\n`);
  if (!isTerminal(2)) {
    tell(`waiting for ${awaited}, at most ${seconds} s\n`);
    return { end() {} };
  }
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
