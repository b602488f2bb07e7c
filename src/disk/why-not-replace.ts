import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { type Failure, failure } from '../core/failure.ts';
import type { Reason } from '../core/failure-reasons.ts';
import { reasonOf, writeFailure } from './fs-failure.ts';
import type { Snapshot } from './read-snapshot.ts';

/**
 * Why `target` (a real path) must not be replaced; `undefined` if it may be. A rename needs only the folder's
 * permission, so the file's own is checked here.
 */
export function whyNotReplace(target: string, old: Snapshot): Failure | undefined {
  const { mode, uid } = old.stats;
  const refuse = (reason: Reason<'file'>) => failure('file-not-writable', { file: target, reason });
  if ((mode & 0o200) === 0) return refuse('read-only');
  // Stryker disable next-line OptionalChaining: only Windows has no users with numbers
  const user = process.getuid?.();
  if (user !== undefined && user !== 0 && user !== uid) return refuse('other-owner');
  try {
    accessSync(target, constants.W_OK);
    return whyNotBeside(target, dirname(target));
  } catch (error) {
    return writeFailure(target, error);
  }
}

/** Why nothing can be written into `folder`, as any new content of `target` must be. */
export function whyNotBeside(target: string, folder: string): Failure | undefined {
  // Windows has no such permission, but claims to have it.
  // Stryker disable next-line ConditionalExpression,StringLiteral: only Windows
  if (process.platform === 'win32') return undefined;
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (error) {
    return failure('file-not-writable', { file: target, reason: reasonOf(error), folder });
  }
}
