import { stat } from 'node:fs/promises';
import { type Failure, failure } from '../core/failure.ts';

/** All permissions of a mode for group and others. */
export const othersAnything = 0o077;

/**
 * The failure `file-exposed` if other users of this machine may use the credentials in `file`; `undefined` if not, or if
 * there is no such file. Windows has no such modes: a file in the home folder inherits its access list, which lets
 * nobody else in, and Node cannot read access lists.
 */
export async function exposure(file: string): Promise<Failure | undefined> {
  // Stryker disable next-line ConditionalExpression,StringLiteral: only Windows
  if (process.platform === 'win32') return undefined;
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile() || (stats.mode & othersAnything) === 0) return undefined;
  return failure('file-exposed', { file });
}
