import { stat } from 'node:fs/promises';
import { type Failure, failure } from '../core/failure.ts';

/** Everything that a mode can allow to others than the owner. */
export const othersAnything = 0o077;

/**
 * Says with `file-exposed` that others on this machine may use the credentials in `file`; `undefined` where they may
 * not, or where there is no such file. Windows has no such modes: there a file in the home folder has the access
 * list of the home, which lets nobody else in, and Node cannot read another.
 */
export async function exposure(file: string): Promise<Failure | undefined> {
  if (process.platform === 'win32') return undefined;
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile() || (stats.mode & othersAnything) === 0) return undefined;
  return failure('file-exposed', { file });
}
