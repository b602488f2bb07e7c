import { close, closeSync, fstatSync, lstatSync, readSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { failed, ok, type Result } from '../core/result.ts';
import { syncFolder, writeDurably } from './durable-write.ts';
import { errorCode, isNoSpace, writeFailure } from './fs-failure.ts';
import { isStill, openToRead, type Snapshot } from './read-snapshot.ts';
import { remove, removeOrphans, temporaryFor } from './temporary-files.ts';
import { whyNotReplace } from './why-not-replace.ts';

/**
 * The outcome for a new file. `overtaken`: it is in place, but a program wrote into the old one meanwhile. `mounted`:
 * this file cannot be replaced, only its content can be overwritten.
 */
export type Replaced =
  | { state: 'written' | 'changed' | 'doubted' | 'mounted' }
  | { state: 'overtaken'; lost: Buffer };

/**
 * Replaces `target` (a real path) with `pieces`, joined, in one step: a reader finds the old file or the new one, even
 * after a crash. Keeps mode and owner; a new file has mode 0600. Also removes what killed writers of this file left
 * behind. The caller must hold the target's lock.
 *
 * `doubted`: `stands` said no. `changed`: the file differs from `old` (`undefined`: no file). In both cases nothing was
 * written. `overtaken`: a program that had opened the old file to write in place, as the AWS CLI does, wrote too late,
 * and `lost` is what it wrote. `mounted`: the file is a mount point, as in development containers, and was not touched.
 *
 * Failures, with the old file untouched: `file-not-writable`, `file-no-space`.
 */
export async function replaceFile(
  target: string,
  old: Snapshot | undefined,
  pieces: readonly Buffer[],
  stands: () => boolean,
): Promise<Result<Replaced>> {
  const forbidden = old && whyNotReplace(target, old);
  if (forbidden) return failed(forbidden);
  const temporary = temporaryFor(target);
  let renamed = false;
  let oldFile: number | undefined;
  try {
    const write = () => writeDurably(temporary, pieces, old?.stats, stands);
    // Stryker disable all: only test/faults fills a disk
    const stood = await write().catch((error) => {
      if (!isNoSpace(error)) throw error;
      // Orphans may fill the disk, and no later write would get far enough to remove them.
      removeOrphans(target, old);
      return write();
    });
    // Stryker restore all
    if (!stood) return ok({ state: 'doubted' });
    if (old) {
      oldFile = openToRead(target);
      if (!isStill(old, oldFile)) return ok({ state: 'changed' });
      // Windows cannot rename over a file that is open.
      // Stryker disable next-line all: only Windows
      if (process.platform === 'win32') {
        closeSync(oldFile);
        oldFile = undefined;
      }
    } else if (lstatSync(target, { throwIfNoEntry: false })) return ok({ state: 'changed' });
    await renameOver(temporary, target);
    // Stryker disable next-line BooleanLiteral: what was renamed is not there to be removed
    renamed = true;
    const folderOnDisk = syncFolder(dirname(target));
    removeOrphans(target, old);
    await folderOnDisk;
    // Stryker disable next-line ConditionalExpression,LogicalOperator: but on Windows an old file is open
    const lost = old && oldFile !== undefined ? await lateContent(oldFile, old) : undefined;
    return ok(lost ? { state: 'overtaken', lost } : { state: 'written' });
  } catch (error) {
    const code = errorCode(error);
    // Stryker disable next-line all: only test/faults mounts files
    if (isMountPoint(code)) return ok({ state: 'mounted' });
    // The target is gone, or a writer that our lock does not reach, such as one in a container, removed our file:
    // somebody else is at work here.
    if (code === 'ENOENT') return ok({ state: 'changed' });
    return failed(writeFailure(target, error));
  } finally {
    // Closing frees the old content on the disk. Nobody has to wait for that.
    // Stryker disable next-line ConditionalExpression: what is not open cannot be closed, and nobody hears of it
    if (oldFile !== undefined) close(oldFile, () => {});
    // Stryker disable next-line ConditionalExpression: what was renamed is not there any more
    if (!renamed) remove(temporary);
  }
}

/** The codes of rename(2) for a mount point. On Windows they mean that a file is open elsewhere. */
// Stryker disable next-line all: only test/faults mounts files
const isMountPoint = (code: string | undefined) =>
  process.platform !== 'win32' && (code === 'EBUSY' || code === 'EXDEV');

/** Windows cannot rename over a file that someone is reading. Readers are quick, so it tries again, for 3 seconds. */
async function renameOver(from: string, to: string) {
  // Stryker disable all: only Windows tries again
  for (let tries = 1; ; tries++) {
    try {
      return renameSync(from, to);
    } catch (error) {
      const inUse = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
      if (process.platform !== 'win32' || !inUse || tries === 60) throw error;
      await delay(50);
    }
  }
}

// Stryker restore all

/**
 * What was written into the replaced file after we read it. A writer in place empties the file and fills it a moment
 * later, so this waits until the content is the same twice, for a second at most.
 */
async function lateContent(oldFile: number, { stats, bytes }: Snapshot): Promise<Buffer | undefined> {
  const now = fstatSync(oldFile);
  // Stryker disable next-line ConditionalExpression,EqualityOperator: without this look it only takes longer
  if (now.size === stats.size && now.mtimeMs === stats.mtimeMs) return undefined;
  let last = Buffer.alloc(0);
  // Stryker disable next-line EqualityOperator,UpdateOperator: how long it waits at most
  for (let looks = 0; looks < 40; looks++) {
    await delay(25);
    const content = Buffer.alloc(fstatSync(oldFile).size);
    readSync(oldFile, content, 0, content.length, 0);
    // Stryker disable next-line ConditionalExpression,EqualityOperator: else it only takes longer
    if (content.length > 0 && content.equals(last)) break;
    last = content;
  }
  return last.length === 0 || last.equals(bytes) ? undefined : last;
}
