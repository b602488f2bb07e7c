import { closeSync, constants, ftruncateSync, lstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failed, ok, type Result } from '../core/result.ts';
import {
  type Replaced,
  remove,
  removeOrphans,
  synced,
  syncFolder,
  temporaryPrefix,
  writeDurably,
} from './atomic-write.ts';
import { writeFailure } from './fs-failure.ts';
import { withFileLock } from './lock.ts';
import { isStill, readSnapshot, type Snapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';

/**
 * Writes `pieces`, one after the other, into `target` (a real path) itself, which is for a file whose place no other can
 * take. A copy of the old and of the new content stands beside it meanwhile, in a file of mode 0600, from which
 * `restoreInterrupted` puts the old content back where this was killed half-way. Only for the holder of the target's lock.
 *
 * `doubted`: the pieces do not stand, and nothing was written. `changed`: the file was, or is by now, another than what
 * `old` says. Failures, the old content in its place again: `file-not-writable`, `file-no-space`, `file-busy`.
 */
export function writeInPlace(
  target: string,
  old: Snapshot,
  pieces: readonly Buffer[],
  stands: () => boolean,
): Promise<Result<Replaced>> {
  return withFileLock(old, target, async () => {
    const { randomBytes } = process.getBuiltinModule('node:crypto');
    const temporary = join(
      dirname(target),
      `${temporaryPrefix(target)}${randomBytes(16).toString('hex')}.tmp`,
    );
    const content = Buffer.concat(pieces);
    try {
      const { uid, gid } = old.stats;
      const stood = await writeDurably(
        temporary,
        copyOf(old.bytes, content),
        { uid, gid, mode: 0o600 },
        stands,
      );
      if (!stood) return ok({ state: 'doubted' });
      renameSync(temporary, copyPath(target));
      await syncFolder(dirname(target));
      const written = await overwrite(target, old, content);
      remove(copyPath(target));
      removeOrphans(target, old);
      await syncFolder(dirname(target));
      return ok({ state: written ? 'written' : 'changed' });
    } catch (error) {
      return failed(writeFailure(target, error));
    } finally {
      remove(temporary);
    }
  });
}

/** Whether `content` is in the file, and stays there. Throws what the system says, the old content in place again. */
async function overwrite(target: string, old: Snapshot, content: Buffer): Promise<boolean> {
  const descriptor = openSync(target, constants.O_RDWR);
  try {
    if (!isStill(old, descriptor)) return false;
    await fill(descriptor, content).catch(async (error) => {
      // Should that fail as well, the copy stays for the next write.
      await fill(descriptor, old.bytes);
      remove(copyPath(target));
      throw error;
    });
    return isStill({ ...old, bytes: content }, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function putBack(target: string, half: Snapshot, content: Buffer): Promise<void> {
  const descriptor = openSync(target, constants.O_RDWR);
  try {
    if (isStill(half, descriptor)) await fill(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

async function fill(descriptor: number, content: Buffer): Promise<void> {
  for (let at = 0; at < content.length; ) {
    at += writeSync(descriptor, content, at, content.length - at, at);
  }
  ftruncateSync(descriptor, content.length);
  await synced(descriptor);
}

/**
 * Puts the old content back into `target` (a real path) where a writer was killed while it wrote into the file. What
 * somebody else has written since stays: only what is a mixture of both contents is taken for half-written. Only for
 * the holder of the target's lock. Failures: `file-unreadable`, `file-not-writable`, `file-no-space`, `file-busy`.
 */
export async function restoreInterrupted(target: string): Promise<Result<void>> {
  const path = copyPath(target);
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return ok(undefined);
  const copy = await readSnapshot(path);
  if (!copy.ok) return copy;
  const current = await readSnapshot(target);
  if (!current.ok) return current;
  const owners = [0, process.getuid?.(), current.value?.stats.uid];
  const isOurs = copy.value !== undefined && (!process.getuid || owners.includes(copy.value.stats.uid));
  const contents = isOurs && copy.value ? contentsOf(copy.value.bytes) : undefined;
  const { value } = current;
  if (value === undefined || contents === undefined) return ok(undefined);
  return withFileLock(value, target, async () => {
    try {
      if (isHalfWritten(value.bytes, contents)) await putBack(target, value, contents.old);
      remove(path);
      await syncFolder(dirname(target));
      return ok(undefined);
    } catch (error) {
      return failed(writeFailure(target, error));
    }
  });
}

interface Contents {
  old: Buffer;
  now: Buffer;
}

/** Beside the file, where a killed writer's other files are not looked for. */
const copyPath = (target: string): string => join(dirname(target), `${temporaryPrefix(target)}copy`);

/** Old and new content, with what it takes to tell them apart and to know that they are whole. */
function copyOf(old: Buffer, now: Buffer): Buffer[] {
  const head = `${old.length} ${now.length} ${digestOf(old, now)}\n`;
  return [Buffer.from(head), old, now];
}

function contentsOf(copy: Buffer): Contents | undefined {
  const end = copy.indexOf('\n') + 1;
  const [oldLength, nowLength, digest] = copy.toString('latin1', 0, end).trim().split(' ');
  const middle = end + Number(oldLength);
  const contents = { old: copy.subarray(end, middle), now: copy.subarray(middle) };
  const isWhole =
    contents.now.length === Number(nowLength) && digestOf(contents.old, contents.now) === digest;
  return isWhole ? contents : undefined;
}

const digestOf = (old: Buffer, now: Buffer) => sha256(Buffer.concat([old, now]).toString('latin1'));

/** Whether each byte is of one content or the other, where both have one, but not all of them are of the same. */
function isHalfWritten(bytes: Buffer, { old, now }: Contents): boolean {
  const [shorter, longer] = [old.length, now.length].toSorted((one, other) => one - other);
  if (bytes.equals(old) || bytes.equals(now)) return false;
  if (bytes.length < (shorter ?? 0) || bytes.length > (longer ?? 0)) return false;
  // Where a file grew, there may be nothing yet when the machine lost its power.
  return bytes.every((byte, at) => byte === old[at] || byte === now[at] || (byte === 0 && at >= old.length));
}
