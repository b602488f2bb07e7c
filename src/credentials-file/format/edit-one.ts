import { failed, ok, type Result } from '../../core/result.ts';
import { editProfiles } from './edit-profiles.ts';
import type { ProfileChange } from './edit-whole-file.ts';
import { notUnderstood } from './not-understood.ts';

/**
 * The edit of a credentials file that makes this one change, or fails as `editProfiles` refuses it.
 * `file` is the name that failures give the file.
 */
export const editOne =
  (file: string, change: ProfileChange) =>
  (bytes: Buffer): Result<{ pieces: Buffer[]; value: undefined }> => {
    const edited = editProfiles(file, bytes, [change]);
    if (!edited.ok) return notUnderstood(file, edited);
    const refusal = edited.value.refused.get(change.name);
    return refusal ? failed(refusal) : ok({ pieces: edited.value.pieces, value: undefined });
  };
