import { constants, type Stats } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Failure, failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, readFailure } from './fs-failure.ts';

/** A file at one moment: what was in it, and which file it was. */
export interface Snapshot {
  bytes: Buffer;
  stats: Stats;
}

/** Reads a whole regular file, `undefined` when there is none. Failure: `file-unreadable`. */
export async function readSnapshot(file: string): Promise<Result<Snapshot | undefined>> {
  try {
    // Without O_NONBLOCK a named pipe in the place of the file would keep us waiting for ever.
    const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) return failed(notAFile(file, stats));
      return ok({ stats, bytes: await handle.readFile() });
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return ok(undefined);
    return failed(readFailure(file, error));
  }
}

/** Whether both are the same file with the same content, mode and owner. */
export function sameSnapshot(one: Snapshot | undefined, other: Snapshot | undefined): boolean {
  if (!one || !other) return one === other;
  const identity = ({ dev, ino, mode, uid, gid }: Stats) => [dev, ino, mode, uid, gid].join();
  return identity(one.stats) === identity(other.stats) && one.bytes.equals(other.bytes);
}

function notAFile(file: string, stats: Stats): Failure {
  const reason = stats.isDirectory() ? 'it is a folder' : 'it is a device or a pipe, not a file';
  return failure('file-unreadable', { file, reason });
}
