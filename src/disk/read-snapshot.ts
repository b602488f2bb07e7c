import { closeSync, constants, fstatSync, openSync, readFileSync, readSync, type Stats } from 'node:fs';
import { type Failure, failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, readFailure } from './fs-failure.ts';

/** A file at one moment: what was in it, and which file it was. */
export interface Snapshot {
  bytes: Buffer;
  stats: Stats;
}

/**
 * Reads a whole regular file; `undefined` if there is none. Failure: `file-unreadable`.
 *
 * Synchronous, like everything here that need not wait for the disk: passing a call to another thread takes many times
 * as long as the call.
 */
export async function readSnapshot(file: string): Promise<Result<Snapshot | undefined>> {
  try {
    const descriptor = openToRead(file);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return failed(notAFile(file, stats));
      return ok({ stats, bytes: readFileSync(descriptor) });
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ok(undefined);
    return failed(readFailure(file, error));
  }
}

/** Without O_NONBLOCK a named pipe in place of the file would block for ever. */
export const openToRead = (file: string): number =>
  openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));

/** Whether both are the same file with the same content, mode and owner. */
export function sameSnapshot(one: Snapshot | undefined, other: Snapshot | undefined): boolean {
  if (!one || !other) return one === other;
  return sameFile(one.stats, other.stats) && one.bytes.equals(other.bytes);
}

/** The same for an open file, without a second copy in memory. */
export function isStill({ stats, bytes }: Snapshot, descriptor: number): boolean {
  if (!sameFile(stats, fstatSync(descriptor))) return false;
  // Stryker disable next-line MethodExpression: how large a part is matters only to speed
  const part = Buffer.allocUnsafe(Math.min(bytes.length + 1, 0x40000));
  for (let at = 0; ; ) {
    const length = readSync(descriptor, part, 0, part.length, at);
    if (length === 0) return at === bytes.length;
    if (!bytes.subarray(at, at + length).equals(part.subarray(0, length))) return false;
    at += length;
  }
}

const sameFile = (one: Stats, other: Stats) =>
  (['dev', 'ino', 'mode', 'uid', 'gid'] as const).every((part) => one[part] === other[part]);

function notAFile(file: string, stats: Stats): Failure {
  const reason = stats.isDirectory() ? 'folder' : 'special';
  return failure('file-unreadable', { file, reason });
}
