import { type Failure, failure } from '../core/failure.ts';
import type { Reason } from '../core/failure-reasons.ts';

/** The failure for a file system error while reading `file`. */
export const readFailure = (file: string, error: unknown): Failure =>
  failure('file-unreadable', { file, reason: reasonOf(error) });

/** The failure for a file system error while making a new `file`, before anything was replaced. */
export function writeFailure(file: string, error: unknown): Failure {
  if (isNoSpace(error)) return failure('file-no-space', { file });
  return failure('file-not-writable', { file, reason: reasonOf(error) });
}

/** Whether the disk is full, or this user's share of it. */
export const isNoSpace = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '');

/** The system's code of an error, such as `ENOENT`. */
export const errorCode = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

const reasons: Record<string, Reason<'file'>> = {
  EACCES: 'permission',
  EPERM: 'permission',
  EROFS: 'read-only-system',
  EISDIR: 'folder',
  ENOTDIR: 'path',
  ENOENT: 'folder-missing',
  ENAMETOOLONG: 'name-too-long',
  EIO: 'disk',
  EMFILE: 'open-files',
  ENFILE: 'open-files',
};

/** What the system says of an error. */
export function reasonOf(error: unknown): Reason<'file'> {
  const code = errorCode(error);
  return code === undefined ? 'unclear' : (reasons[code] ?? { is: 'system', code });
}
