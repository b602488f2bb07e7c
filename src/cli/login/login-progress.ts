import { isTerminal } from '../terminal/is-terminal.ts';
import { tell } from '../terminal/tell.ts';

/** How often the line changes that shows that the program lives; milliseconds. */
const tick = 1000;

/**
 * Says on stderr what is done (`opening`) and what is being waited for (`awaited`), until `end`: on a terminal in a line that counts, elsewhere in one that
 * does not. A signal that ends the program meanwhile leaves the terminal tidy and does its work.
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
