import { devNull } from 'node:os';
import { ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { parseLines } from '../format/parse-lines.ts';

/**
 * The bytes of a shared file, if it can be read and understood; `undefined` where there is none.
 * Failures: `file-unreadable`, `file-not-understood`.
 */
export async function readUnderstoodFile(file: string): Promise<Result<Buffer | undefined>> {
  if (file === devNull) return ok(undefined);
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  if (snapshot.value === undefined) return ok(undefined);
  const { bytes } = snapshot.value;
  const parsed = parseLines(bytes.toString('latin1'));
  return parsed.ok ? ok(bytes) : notUnderstood(file, parsed);
}
