import { type Failure, failure } from '../core/failure.ts';

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

const reasons: Record<string, string> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is no folder',
  ENOENT: 'its folder is not there',
  ENAMETOOLONG: 'its name is too long',
  EIO: 'the disk reports an error',
  EMFILE: 'too many files are open',
  ENFILE: 'too many files are open',
};

/** What the system says of an error, in words. */
export function reasonOf(error: unknown): string {
  const code = errorCode(error);
  return reasons[code ?? ''] ?? `the system says ${code ?? 'nothing about it'}`;
}
