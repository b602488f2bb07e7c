import { fstatSync } from 'node:fs';

/**
 * Whether stdin (0), stdout (1) or stderr (2) is a terminal. Node finds out with code that brings all of its network
 * along, and it is not asked about a pipe or a file. On Windows the system tells of no console which kind it is.
 */
export const isTerminal = (descriptor: 0 | 1 | 2): boolean =>
  (process.platform === 'win32' || fstatSync(descriptor).isCharacterDevice()) &&
  process.getBuiltinModule('node:tty').isatty(descriptor);
