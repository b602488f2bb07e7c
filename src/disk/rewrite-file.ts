import { setTimeout as delay, setImmediate as turn } from 'node:timers/promises';
import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { type Replaced, replaceFile } from './atomic-write.ts';
import { withLock } from './lock.ts';
import { readSnapshot, type Snapshot, sameSnapshot } from './read-snapshot.ts';
import { resolveTarget } from './resolve-target.ts';
import { restoreInterrupted, writeInPlace } from './write-in-place.ts';

/** How often another program may change the file between our reading and our writing before we give up. */
const mostTries = 50;

/**
 * Makes the new content, as pieces to join, from the old. `stands`, if given, checks the pieces while the disk writes
 * them, before anybody can read them. If it says no, the edit runs again with `doubted` and must check its own result.
 */
export type Edit<T> = (
  bytes: Buffer,
  doubted: boolean,
) => Result<{ pieces: readonly Buffer[]; value: T; stands?: () => boolean }>;

/** As `rewriteBytes`, for an edit of the content as text (latin1). */
export const rewriteFile = <T>(
  file: string,
  edit: (content: string) => Result<{ content: string; value: T }>,
): Promise<Result<T>> =>
  rewriteBytes(file, (bytes) => {
    const edited = edit(bytes.toString('latin1'));
    if (!edited.ok) return edited;
    return ok({ pieces: [Buffer.from(edited.value.content, 'latin1')], value: edited.value.value });
  });

/**
 * Reads `file` (empty if there is none), makes the new content with `edit`, and replaces the file. If a program that
 * ignores our lock changed the file meanwhile, even during the replacement, `edit` runs again, so it must have no side
 * effects. If it changes nothing, nothing is written. A mount point cannot be replaced, so `writeInPlace` overwrites it.
 *
 * Failures: those of `edit`, `file-unreadable`, `file-not-writable`, `file-no-space`, `file-link-broken`,
 * `file-busy`. After a failure the file is whole and unchanged.
 */
export async function rewriteBytes<T>(file: string, edit: Edit<T>): Promise<Result<T>> {
  const target = await resolveTarget(file);
  if (!target.ok) return target;
  return withLock(target.value, async () => {
    let overtaken: { ours: Buffer; theirs: Buffer } | undefined;
    let doubted = false;
    let mounted = false;
    const restored = await restoreInterrupted(target.value);
    // Stryker disable next-line ConditionalExpression: what is wrong with the file shows again when it is read
    if (!restored.ok) return restored;
    // Stryker disable next-line EqualityOperator: how often it tries
    for (let tries = 0; tries < mostTries; tries++) {
      const old = await readSnapshot(target.value);
      if (!old.ok) return old;
      // If our file is still in place, what another program wrote too late is the newer state of the rest.
      // Stryker disable next-line OptionalChaining: it is there, as it was overtaken a moment ago
      const undone = overtaken && old.value?.bytes.equals(overtaken.ours) ? overtaken.theirs : undefined;
      const current = old.value?.bytes ?? Buffer.alloc(0);
      // Let pending events in first: an edit may depend on whether anybody still wants it.
      await turn();
      const edited = edit(undone ?? current, doubted);
      if (!edited.ok) {
        if (await isSettled(target.value, old.value)) return edited;
        continue;
      }
      const { pieces, value, stands = () => true } = edited.value;
      if (consistsOf(current, pieces) && stands()) return ok(value);
      const replaced: Result<Replaced> =
        // Stryker disable next-line ConditionalExpression: only test/faults mounts files
        mounted && old.value
          ? await writeInPlace(target.value, old.value, pieces, stands)
          : await replaceFile(target.value, old.value, pieces, stands);
      if (!replaced.ok) return replaced;
      // Stryker disable next-line all: only test/faults mounts files
      mounted = replaced.value.state === 'mounted' || mounted;
      if (replaced.value.state === 'written') return ok(value);
      if (replaced.value.state === 'doubted') {
        doubted = true;
        continue;
      }
      overtaken = undefined;
      // Stryker disable next-line ConditionalExpression: nothing is lost in any other state
      if (replaced.value.state === 'overtaken') {
        overtaken = { ours: Buffer.concat(pieces), theirs: replaced.value.lost };
      }
    }
    return failed(failure('file-busy', { file }));
  });
}

function consistsOf(bytes: Buffer, pieces: readonly Buffer[]): boolean {
  let at = 0;
  for (const piece of pieces) {
    if (!bytes.subarray(at, at + piece.length).equals(piece)) return false;
    at += piece.length;
  }
  return at === bytes.length;
}

/** Whether the file is the same a moment later: while a program writes it in place it may look broken. */
async function isSettled(target: string, old: Snapshot | undefined): Promise<boolean> {
  await delay(25);
  const now = await readSnapshot(target);
  return !now.ok || sameSnapshot(old, now.value);
}
