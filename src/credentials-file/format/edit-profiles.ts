import type { Failure } from '../../core/failure.ts';
import { editPlainFile } from './edit-plain-file.ts';
import { editWholeFile, type ProfileChange } from './edit-whole-file.ts';
import type { Understood } from './parse-lines.ts';
import { isPlain } from './plain-sections.ts';

/** The file with the accepted changes, and why the others were not: by profile name. */
export interface Edited {
  /** Pieces of the file that follow each other. */
  pieces: Buffer[];
  refused: Map<string, Failure>;
}

/**
 * Changes profiles in a credentials file, and nothing else in it, by the rules of `editWholeFile`. In a plain file it
 * examines only the sections to write.
 *
 * `file` is the name that failures give the file. Refusals: `profile-name-invalid`, `profile-value-invalid`,
 * `profile-long-lived`, `profile-other-account`, `file-not-understood`. Not `ok`: the file as a whole cannot be understood.
 */
export function editProfiles(
  file: string,
  bytes: Buffer,
  changes: readonly ProfileChange[],
): Understood<Edited> {
  const pieces = isPlain(bytes) ? editPlainFile(file, bytes, changes) : undefined;
  // Stryker disable next-line ConditionalExpression: else the whole file is edited, which is only slower
  if (pieces) return { ok: true, value: { pieces, refused: new Map() } };
  const edited = editWholeFile(file, bytes.toString('latin1'), changes);
  if (!edited.ok) return edited;
  const { content, refused } = edited.value;
  return { ok: true, value: { pieces: [Buffer.from(content, 'latin1')], refused } };
}
