import {
  accessSync,
  close,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsync,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  type Stats,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Failure, failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, isNoSpace, reasonOf, writeFailure } from './fs-failure.ts';
import { isStill, openToRead, type Snapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';

/**
 * What became of a new file. `overtaken`: it is in place, but meanwhile a program wrote into the old one. `mounted`:
 * nothing can take the place of this file, only its content can be written.
 */
export type Replaced =
  | { state: 'written' | 'changed' | 'doubted' | 'mounted' }
  | { state: 'overtaken'; lost: Buffer };

/**
 * Puts `pieces`, one after the other, in the place of `target` (a real path) in one step: whoever reads, and
 * whatever crashes, finds the old file or the new one. Mode and owner stay; a new file is 0600. What killed writers of
 * it left behind goes with that. Only for the holder of the target's lock.
 *
 * `doubted`: the pieces do not stand. `changed`: the file is no longer what `old` says (`undefined`: not there). With
 * both nothing was written. `overtaken`: a program that had opened the old file to write in place, as the AWS CLI does,
 * wrote into it too late, and `lost` is what it wrote. `mounted`: the file is the mount point of another one, as
 * development containers have it, and was not touched.
 *
 * Failures, the old file always untouched: `file-not-writable`, `file-no-space`.
 */
export async function replaceFile(
  target: string,
  old: Snapshot | undefined,
  pieces: readonly Buffer[],
  stands: () => boolean,
): Promise<Result<Replaced>> {
  const forbidden = old && whyNotReplace(target, old);
  if (forbidden) return failed(forbidden);
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const prefix = temporaryPrefix(target);
  const temporary = join(dirname(target), `${prefix}${randomBytes(16).toString('hex')}.tmp`);
  let renamed = false;
  let oldFile: number | undefined;
  try {
    const write = () => writeDurably(temporary, pieces, old?.stats, stands);
    const stood = await write().catch((error) => {
      if (!isNoSpace(error)) throw error;
      // Orphans may be what takes it, and no later write would come so far as to remove them.
      removeOrphans(target, old);
      return write();
    });
    if (!stood) return ok({ state: 'doubted' });
    if (old) {
      oldFile = openToRead(target);
      if (!isStill(old, oldFile)) return ok({ state: 'changed' });
      // Windows cannot rename over a file that is open.
      if (process.platform === 'win32') {
        closeSync(oldFile);
        oldFile = undefined;
      }
    } else if (lstatSync(target, { throwIfNoEntry: false })) return ok({ state: 'changed' });
    await renameOver(temporary, target);
    renamed = true;
    const folderOnDisk = syncFolder(dirname(target));
    removeOrphans(target, old);
    await folderOnDisk;
    const lost = old && oldFile !== undefined ? await lateContent(oldFile, old) : undefined;
    return ok(lost ? { state: 'overtaken', lost } : { state: 'written' });
  } catch (error) {
    const code = errorCode(error);
    if (isMountPoint(code)) return ok({ state: 'mounted' });
    // The target went away, or our own file was swept away by a writer that our lock does not reach, such as one in
    // a container: either way somebody else is at work here.
    if (code === 'ENOENT' && (renamed || isGone(temporary) || isGone(target))) {
      return ok({ state: 'changed' });
    }
    return failed(writeFailure(target, error));
  } finally {
    // With that the system frees the old content on the disk, for which nobody has to wait.
    if (oldFile !== undefined) close(oldFile, () => {});
    if (!renamed) remove(temporary);
  }
}

/** How rename(2) says so; on Windows the same code means that a file is open elsewhere. */
const isMountPoint = (code: string | undefined) =>
  process.platform !== 'win32' && (code === 'EBUSY' || code === 'EXDEV');

/**
 * To be called once our own new file is in place, or given up: then, under the lock, none of these has a living writer.
 * What root was writing belongs to whom `old` does.
 */
export function removeOrphans(target: string, old: Snapshot | undefined): void {
  const folder = dirname(target);
  const prefix = temporaryPrefix(target);
  const owners = [process.getuid?.(), old?.stats.uid];
  for (const name of namesIn(folder)) {
    if (!name.startsWith(prefix) || !/^[0-9a-f]{32}\.tmp$/.test(name.slice(prefix.length))) continue;
    remove(join(folder, name), (stats) => !process.getuid || owners.includes(stats.uid));
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Removes a regular file, if it `isOurs`; whatever else there is stays. */
export function remove(path: string, isOurs: (stats: Stats) => boolean = () => true) {
  try {
    const stats = lstatSync(path);
    if (stats.isFile() && isOurs(stats)) unlinkSync(path);
  } catch {}
}

/** Short and of the same length for every target, for the target's own name may be as long as names can be. */
export const temporaryPrefix = (target: string) => `.roleferry-${sha256(basename(target)).slice(0, 8)}-`;

/** A rename needs the folder's permission only, so the file's own must be asked for. `target` is a real path. */
export function whyNotReplace(target: string, old: Snapshot): Failure | undefined {
  const { mode, uid } = old.stats;
  const refuse = (reason: string) => failure('file-not-writable', { file: target, reason });
  if ((mode & 0o200) === 0) return refuse('it is read-only');
  const user = process.getuid?.();
  if (user !== undefined && user !== 0 && user !== uid) return refuse('it belongs to another user');
  try {
    accessSync(target, constants.W_OK);
    return whyNotBeside(target, dirname(target));
  } catch (error) {
    return writeFailure(target, error);
  }
}

/** Why nothing can be put into `folder`, where the way to every new content of `target` begins. */
export function whyNotBeside(target: string, folder: string): Failure | undefined {
  // Windows has no such permission, and says that there is one all the same.
  if (process.platform === 'win32') return undefined;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return failure('file-not-writable', { file: target, reason: reasonOf(error), folder });
  }
}

/** The one call here that waits for the disk, perhaps for seconds; meanwhile others are answered. */
export const synced: (descriptor: number) => Promise<void> = promisify(fsync);

/**
 * Writes `pieces` into a new file, with owner and mode of `model` or as a private one of our own. Whether they stand is
 * the answer, looked at while nothing else is to be done than to wait for the disk.
 */
export async function writeDurably(
  temporary: string,
  pieces: readonly Buffer[],
  model: OwnerAndMode | undefined,
  stands: () => boolean,
): Promise<boolean> {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  const descriptor = openSync(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    for (const piece of pieces) writeFileSync(descriptor, piece);
    if (model) keepOwnerAndMode(descriptor, model);
    const onDisk = synced(descriptor);
    const theyStand = stands();
    await onDisk;
    return theyStand;
  } finally {
    closeSync(descriptor);
  }
}

type OwnerAndMode = Pick<Stats, 'uid' | 'gid' | 'mode'>;

function keepOwnerAndMode(descriptor: number, { uid, gid, mode }: OwnerAndMode) {
  const made = fstatSync(descriptor);
  if (made.uid !== uid || made.gid !== gid) {
    try {
      fchownSync(descriptor, uid, gid);
    } catch (error) {
      // A group that we are not in cannot be kept; the owner can, or whyNotReplace had refused.
      if (errorCode(error) !== 'EPERM' || made.uid !== uid) throw error;
    }
  }
  fchmodSync(descriptor, mode & 0o777);
}

/** On Windows a file that someone reads at this moment cannot be renamed over; readers of this one are quick. */
async function renameOver(from: string, to: string) {
  for (let tries = 1; ; tries++) {
    try {
      return renameSync(from, to);
    } catch (error) {
      const inUse = ['EPERM', 'EACCES', 'EBUSY'].includes(errorCode(error) ?? '');
      if (process.platform !== 'win32' || !inUse || tries === 20) throw error;
      await delay(50);
    }
  }
}

/**
 * What was written into the replaced file after we had read it. A writer in place empties the file first and fills
 * it a moment later, so its end is awaited: until the content is the same twice, at most a second long.
 */
async function lateContent(oldFile: number, { stats, bytes }: Snapshot): Promise<Buffer | undefined> {
  const now = fstatSync(oldFile);
  if (now.size === stats.size && now.mtimeMs === stats.mtimeMs) return undefined;
  let last = Buffer.alloc(0);
  for (let looks = 0; looks < 40; looks++) {
    await delay(25);
    const content = Buffer.alloc(fstatSync(oldFile).size);
    readSync(oldFile, content, 0, content.length, 0);
    if (content.length > 0 && content.equals(last)) break;
    last = content;
  }
  return last.length === 0 || last.equals(bytes) ? undefined : last;
}

/** Makes the rename itself durable. Not every system can, and the new file is in place by now, so no failure. */
export async function syncFolder(folder: string) {
  if (process.platform === 'win32') return;
  try {
    const descriptor = openSync(folder, constants.O_RDONLY);
    await synced(descriptor).finally(() => closeSync(descriptor));
  } catch {}
}

function isGone(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) === undefined;
  } catch {
    return false;
  }
}
