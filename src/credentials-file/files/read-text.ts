import { devNull } from 'node:os';
import { ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';

/**
 * The content of a shared file, one character a byte (latin1), empty where there is no file.
 * Failure: `file-unreadable`.
 */
export async function readText(file: string): Promise<Result<string>> {
  const snapshot = await readSnapshot(file);
  return snapshot.ok ? ok(snapshot.value?.bytes.toString('latin1') ?? '') : snapshot;
}

/** The same of a config file. People name the null device to have none. */
export const readConfig = async (file: string): Promise<Result<string>> =>
  file === devNull ? ok('') : readText(file);
