import { closeSync, openSync, readSync, writeSync } from 'node:fs';

/** The terminal of the user who runs this program. */
export interface Terminal {
  write(text: string): void;
  /** Asks for a line; `undefined` when the user ends the input instead (Ctrl-D). */
  ask(question: string): string | undefined;
}

/** On Windows reading and writing take two names, and neither was tried there. */
const [input, output] =
  process.platform === 'win32' ? ['\\\\.\\CONIN$', '\\\\.\\CONOUT$'] : ['/dev/tty', '/dev/tty'];

/**
 * Lets `use` talk with the user on the terminal, wherever stdin, stdout and stderr lead; `undefined` without a terminal.
 * Waits synchronously, so that Ctrl-C ends the program like any other.
 */
export function withTerminal<T>(use: (terminal: Terminal) => T): T | undefined {
  const opened: number[] = [];
  try {
    opened.push(openSync(input, 'r'), openSync(output, 'w'));
    const [read = -1, write = -1] = opened;
    return use({
      write: (text) => writeAll(write, text),
      ask(question) {
        writeAll(write, question);
        return readLine(read);
      },
    });
  } catch (error) {
    // ENXIO, ENODEV, ENOENT, EIO …: whichever it is, nobody can be asked.
    if (typeof (error as { code?: unknown }).code === 'string') return undefined;
    throw error;
  } finally {
    for (const file of opened) closeSync(file);
  }
}

function writeAll(file: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest));
}

/** A terminal gives one line at a time. */
function readLine(file: number): string | undefined {
  const buffer = Buffer.alloc(4096);
  const length = readSync(file, buffer);
  return length === 0 ? undefined : buffer.toString('utf8', 0, length).trim();
}
