import { writeSync } from 'node:fs';
import { errorCode } from '../../disk/fs-failure.ts';
import { isTerminal } from './is-terminal.ts';

const descriptors = { stdout: 1, stderr: 2 } as const;

const streamed = new Set<string>();

/**
 * Writes all of `text` to stdout or stderr, or hands `onLoss` the reason why not. A pipe or a file gets it from the
 * system's own call: Node's stream brings all of its network along, and takes a file's short write for a whole one.
 * The stream serves a terminal, whose encoding it knows, and a pipe on which nobody may wait for a slow reader.
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
