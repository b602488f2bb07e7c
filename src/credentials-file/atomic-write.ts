import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, type FileHandle, lstat, open, readdir, rename, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Failure, failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, writeFailure } from './fs-failure.ts';
import { readSnapshot, type Snapshot, sameSnapshot } from './read-snapshot.ts';

/** What became of a new file. `overtaken`: it is in place, but meanwhile a program wrote into the old one. */
export type Replaced = { state: 'written' | 'changed' } | { state: 'overtaken'; lost: Buffer };

/**
 * Puts `bytes` in the place of `target` (a real path) in one step: whoever reads, and whatever crashes, finds the
 * old file or the new one. Mode and owner stay; a new file is 0600.
 *
 * `changed`: the file is no longer what `old` says (`undefined`: not there), and nothing was written. `overtaken`:
 * a program that had opened the old file to write in place, as the AWS CLI does, wrote into it too late, and
 * `lost` is what it wrote.
 *
 * Failures, the old file always untouched: `file-not-writable`, `file-no-space`.
 */
export async function replaceFile(
  target: string,
  old: Snapshot | undefined,
  bytes: Buffer,
): Promise<Result<Replaced>> {
  const forbidden = old && (await whyNotReplace(target, old));
  if (forbidden) return failed(forbidden);
  const temporary = join(dirname(target), `${temporaryPrefix(target)}${randomBytes(16).toString('hex')}.tmp`);
  let renamed = false;
  let oldFile: FileHandle | undefined;
  try {
    await writeDurably(temporary, bytes, old);
    // Windows cannot rename over a file that is open.
    if (old && process.platform !== 'win32') oldFile = await open(target, constants.O_RDONLY);
    const now = await readSnapshot(target);
    if (!now.ok) return now;
    if (!sameSnapshot(old, now.value)) return ok({ state: 'changed' });
    await renameOver(temporary, target);
    renamed = true;
    await syncFolder(dirname(target));
    const lost = oldFile && old && (await lateContent(oldFile, old));
    return ok(lost ? { state: 'overtaken', lost } : { state: 'written' });
  } catch (error) {
    const code = errorCode(error);
    // The target went away, or our own file was swept away by a writer that our lock does not reach, such as one in
    // a container: either way somebody else is at work here.
    if (code === 'ENOENT' && (renamed || (await isGone(temporary)) || (await isGone(target)))) {
      return ok({ state: 'changed' });
    }
    return failed(writeFailure(target, error));
  } finally {
    await oldFile?.close();
    if (!renamed) await unlink(temporary).catch(() => {});
  }
}

/**
 * Removes what killed writers of `target` left behind. Only for the holder of its lock: then no temporary file of
 * this name has a living writer.
 */
export async function removeOrphans(target: string): Promise<void> {
  const folder = dirname(target);
  const prefix = temporaryPrefix(target);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(prefix) || !/^[0-9a-f]{32}\.tmp$/.test(name.slice(prefix.length))) continue;
    const path = join(folder, name);
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isFile() && stats.uid === (process.getuid?.() ?? stats.uid))
      await unlink(path).catch(() => {});
  }
}

/** Short and of the same length for every target, for the target's own name may be as long as names can be. */
const temporaryPrefix = (target: string) =>
  `.roleferry-${createHash('sha256').update(basename(target)).digest('hex').slice(0, 8)}-`;

/** A rename needs the folder's permission only, so the file's own must be asked for. */
async function whyNotReplace(target: string, old: Snapshot): Promise<Failure | undefined> {
  const { mode, uid } = old.stats;
  const refuse = (reason: string) => failure('file-not-writable', { file: target, reason });
  if ((mode & 0o200) === 0) return refuse('it is read-only');
  const user = process.getuid?.();
  if (user !== undefined && user !== 0 && user !== uid) return refuse('it belongs to another user');
  return access(target, constants.W_OK).then(
    () => undefined,
    (error) => writeFailure(target, error),
  );
}

async function writeDurably(temporary: string, bytes: Buffer, old: Snapshot | undefined) {
  const { O_WRONLY, O_CREAT, O_EXCL, O_NOFOLLOW = 0 } = constants;
  const handle = await open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
  try {
    await handle.writeFile(bytes);
    if (old) await keepOwnerAndMode(handle, old);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function keepOwnerAndMode(handle: FileHandle, { stats }: Snapshot) {
  const made = await handle.stat();
  if (made.uid !== stats.uid || made.gid !== stats.gid) {
    try {
      await handle.chown(stats.uid, stats.gid);
    } catch (error) {
      // A group that we are not in cannot be kept; the owner can, or whyNotReplace had refused.
      if (errorCode(error) !== 'EPERM' || made.uid !== stats.uid) throw error;
    }
  }
  await handle.chmod(stats.mode & 0o777);
}

/** On Windows a file that someone reads at this moment cannot be renamed over; readers of this one are quick. */
async function renameOver(from: string, to: string) {
  for (let tries = 1; ; tries++) {
    try {
      return await rename(from, to);
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
async function lateContent(oldFile: FileHandle, { stats, bytes }: Snapshot): Promise<Buffer | undefined> {
  const now = await oldFile.stat();
  if (now.size === stats.size && now.mtimeMs === stats.mtimeMs) return undefined;
  let last = Buffer.alloc(0);
  for (let looks = 0; looks < 40; looks++) {
    await delay(25);
    const content = Buffer.alloc((await oldFile.stat()).size);
    await oldFile.read(content, 0, content.length, 0);
    if (content.length > 0 && content.equals(last)) break;
    last = content;
  }
  return last.length === 0 || last.equals(bytes) ? undefined : last;
}

/** Makes the rename itself durable. Not every system can, and the new file is in place by now, so no failure. */
async function syncFolder(folder: string) {
  if (process.platform === 'win32') return;
  try {
    const handle = await open(folder, constants.O_RDONLY);
    await handle.sync().finally(() => handle.close());
  } catch {}
}

const isGone = (path: string) =>
  lstat(path).then(
    () => false,
    (error) => errorCode(error) === 'ENOENT',
  );
