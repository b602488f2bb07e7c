import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Failure } from '../core/failure.ts';
import { whyNotBeside, whyNotReplace } from './atomic-write.ts';
import { readSnapshot } from './read-snapshot.ts';
import { resolveTarget } from './resolve-target.ts';

/**
 * Why `file` could not be written if it were to be, found out without writing anything; `undefined` when it could. What
 * only shows while it is written, such as a full disk, is not foreseen.
 *
 * Failures: `file-not-writable`, `file-link-broken`, `file-unreadable`.
 */
export async function whyNotWritable(file: string): Promise<Failure | undefined> {
  const folder = nearestFolder(resolve(file));
  if (folder !== dirname(resolve(file))) return whyNotBeside(file, folder);
  const target = await resolveTarget(file);
  if (!target.ok) return target.failure;
  const snapshot = await readSnapshot(target.value);
  if (!snapshot.ok) return snapshot.failure;
  return snapshot.value
    ? whyNotReplace(target.value, snapshot.value)
    : whyNotBeside(target.value, dirname(target.value));
}

/** The nearest folder above `path` that is there. */
const nearestFolder = (path: string): string => {
  const folder = dirname(path);
  return folder === path || existsSync(folder) ? folder : nearestFolder(folder);
};
