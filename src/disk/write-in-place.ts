import { closeSync, constants, ftruncateSync, lstatSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { failed, ok, type Result } from '../core/result.ts';
import type { Replaced } from './atomic-write.ts';
import { synced, syncFolder, writeDurably } from './durable-write.ts';
import { writeFailure } from './fs-failure.ts';
import { withFileLock } from './lock.ts';
import { isStill, readSnapshot, type Snapshot } from './read-snapshot.ts';
import { sha256 } from './sha256.ts';
import { remove, removeOrphans, temporaryFor, temporaryPrefix } from './temporary-files.ts';

/**
 * Overwrites `target` (a real path) with `pieces`, joined, for a file that cannot be replaced. Meanwhile a file beside it
 * with mode 0600 has the old and the new content. If this is killed half-way, `restoreInterrupted` restores the old
 * content from it. The caller must hold the target's lock.
 *
 * `doubted`: `stands` said no, and nothing was written. `changed`: the file differs, or by now differs, from `old`.
 * Failures, with the old content restored: `file-not-writable`, `file-no-space`, `file-busy`.
 */
export function writeInPlace(
  target: string,
  old: Snapshot,
  pieces: readonly Buffer[],
  stands: () => boolean,
): Promise<Result<Replaced>> {
  return withFileLock(old, target, async () => {
    const temporary = temporaryFor(target);
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

/** Returns whether `content` is in the file and stays there. Throws the system's error after restoring the old content. */
async function overwrite(target: string, old: Snapshot, content: Buffer): Promise<boolean> {
  const descriptor = openSync(target, constants.O_RDWR);
  try {
    if (!isStill(old, descriptor)) return false;
    // Stryker disable all: only test/faults breaks a disk
    await fill(descriptor, content).catch(async (error) => {
      // If that fails too, the copy stays for the next write.
      await fill(descriptor, old.bytes);
      remove(copyPath(target));
      throw error;
    });
    // Stryker restore all
    return isStill({ ...old, bytes: content }, descriptor);
  } finally {
    closeSync(descriptor);
  }
}

async function putBack(target: string, half: Snapshot, content: Buffer): Promise<void> {
  const descriptor = openSync(target, constants.O_RDWR);
  try {
    // Stryker disable next-line ConditionalExpression: nobody else writes just then
    if (isStill(half, descriptor)) await fill(descriptor, content);
  } finally {
    closeSync(descriptor);
  }
}

async function fill(descriptor: number, content: Buffer): Promise<void> {
  for (let at = 0; at < content.length; ) {
    // Stryker disable next-line ArithmeticOperator: no test can have a disk take a part only
    at += writeSync(descriptor, content, at, content.length - at, at);
  }
  ftruncateSync(descriptor, content.length);
  await synced(descriptor);
}

/**
 * Restores the old content of `target` (a real path) if a writer was killed half-way. What somebody else has written
 * since stays: only a mixture of both contents counts as half-written. The caller must hold the target's lock.
 * Failures: `file-unreadable`, `file-not-writable`, `file-no-space`, `file-busy`.
 */
export async function restoreInterrupted(target: string): Promise<Result<void>> {
  const path = copyPath(target);
  if (!lstatSync(path, { throwIfNoEntry: false })?.isFile()) return ok(undefined);
  const copy = await readSnapshot(path);
  // Stryker disable next-line ConditionalExpression: a file that is there can be read
  if (!copy.ok) return copy;
  const current = await readSnapshot(target);
  if (!current.ok) return current;
  // Stryker disable next-line OptionalChaining: only Windows has no users with numbers
  const owners = [0, process.getuid?.(), current.value?.stats.uid];
  // Stryker disable next-line ConditionalExpression: a file that is there can be read
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

/** Its name differs from those that `removeOrphans` removes. */
const copyPath = (target: string): string => join(dirname(target), `${temporaryPrefix(target)}copy`);

/** Old and new content, with their lengths and a digest. */
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

/** Whether the bytes are a mixture: each is from one of the contents, but not all from the same one. */
function isHalfWritten(bytes: Buffer, { old, now }: Contents): boolean {
  const [shorter, longer] = [old.length, now.length].toSorted((one, other) => one - other);
  if (bytes.equals(old) || bytes.equals(now)) return false;
  if (bytes.length < (shorter ?? 0) || bytes.length > (longer ?? 0)) return false;
  // After a loss of power the part by which a file grew may be zeros.
  return bytes.every((byte, at) => byte === old[at] || byte === now[at] || (byte === 0 && at >= old.length));
}
