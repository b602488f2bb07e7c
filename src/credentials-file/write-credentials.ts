import { type Failure, failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { rewriteBytes } from '../disk/rewrite-file.ts';
import { editPlainFile } from './format/edit-plain-file.ts';
import { editProfiles } from './format/edit-profiles.ts';
import type { ProfileChange } from './format/edit-whole-file.ts';
import { notUnderstood } from './format/not-understood.ts';
import { isPlain } from './format/plain-sections.ts';

/** What a write has made of the credentials file. */
export interface Written {
  /** What is in the file now, in pieces that follow each other. */
  pieces: readonly Buffer[];
  /** Why changes were not made, by the name of the profile. */
  refused: ReadonlyMap<string, Failure>;
}

/**
 * Makes all `changes` to the credentials file in one write. `stillWanted` is asked right before.
 * Failures: `host-gone`, `file-not-understood`, and those of writing a file.
 */
export const writeCredentials = (
  file: string,
  changes: readonly ProfileChange[],
  stillWanted: () => boolean,
): Promise<Result<Written>> =>
  rewriteBytes<Written>(file, (bytes, doubted) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    const pieces = doubted ? undefined : editPlainFile(file, bytes, changes);
    // Stryker disable next-line ArrowFunction,ConditionalExpression: without it the whole file is edited, which is only slower
    if (pieces) return ok({ pieces, value: { pieces, refused: new Map() }, stands: () => isPlain(bytes) });
    const edited = editProfiles(file, bytes, changes);
    return edited.ok ? ok({ pieces: edited.value.pieces, value: edited.value }) : notUnderstood(file, edited);
  });
