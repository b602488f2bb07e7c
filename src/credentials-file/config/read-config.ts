import { devNull } from 'node:os';
import { ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';

/**
 * The content of a config file (latin1), empty where there is none; naming the null device is how people say so.
 * Failure: `file-unreadable`.
 */
export async function readConfig(file: string): Promise<Result<string>> {
  if (file === devNull) return ok('');
  const config = await readSnapshot(file);
  return config.ok ? ok(config.value?.bytes.toString('latin1') ?? '') : config;
}
