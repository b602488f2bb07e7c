import { writeSync } from 'node:fs';
import { errorCode } from '../../disk/fs-failure.ts';
import { isTerminal } from './is-terminal.ts';

const descriptors = { stdout: 1, stderr: 2 } as const;

const streamed = new Set<string>();

/**
 * Writes all of `text` to stdout or stderr, or calls `onLoss` with the reason why not. Writes to a pipe or a file with a
 * system call: Node's stream loads all of its network code, and takes a short write to a file for a whole one. Uses the
 * stream for a terminal, whose encoding it knows, and for a non-blocking pipe with a slow reader.
 */
export function writeWhole(
  name: keyof typeof descriptors,
  text: string,
  onLoss: (error: unknown) => void,
): void {
  const descriptor = descriptors[name];
  let rest = Buffer.from(text);
  try {
    if (!streamed.has(name) && !isTerminal(descriptor)) {
      while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
      return;
    }
  } catch (error) {
    if (errorCode(error) !== 'EAGAIN') {
      onLoss(error);
      return;
    }
  }
  if (!streamed.has(name)) process[name].on('error', onLoss);
  streamed.add(name);
  process[name].write(rest);
}
