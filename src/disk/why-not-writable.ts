import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Failure } from '../core/failure.ts';
import { readSnapshot } from './read-snapshot.ts';
import { resolveTarget } from './resolve-target.ts';
import { whyNotBeside, whyNotReplace } from './why-not-replace.ts';

/**
 * Why `file` cannot be written, found out without writing; `undefined` if it can. Cannot foresee what shows only during
 * a write, such as a full disk.
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
  // Stryker disable next-line ConditionalExpression,EqualityOperator: every system has its root
  return folder === path || existsSync(folder) ? folder : nearestFolder(folder);
};
