import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { readSnapshot } from '../disk/read-snapshot.ts';
import { rewriteFile } from '../disk/rewrite-file.ts';
import type { AwsFiles } from './files/locate.ts';
import { editWholeFile } from './format/edit-whole-file.ts';
import { draftOf } from './format/line-edits.ts';
import { parseLines } from './format/parse-lines.ts';
import { removeCache } from './process/process-cache.ts';

/**
 * Takes the credentials of a profile out of the credentials file, and its section with them when nothing else is
 * left in it; comments stay. `replace` also takes long-lived keys and other sources of credentials. What is kept for
 * a process profile of this name goes too. When `stillWanted` says no right before the file is changed, nothing is.
 *
 * Failures: `profile-not-found`, `profile-long-lived`, `host-gone`, `place-is-link`, and those of writing the file.
 */
export async function removeProfile(
  files: AwsFiles,
  name: string,
  { replace = false, stillWanted = () => true }: { replace?: boolean; stillWanted?: () => boolean } = {},
): Promise<Result<void>> {
  const removed = await removeFromFile(files.credentialsFile, name, replace, stillWanted);
  if (!removed.ok && removed.failure.code !== 'profile-not-found') return removed;
  if (!stillWanted()) return failed(failure('host-gone'));
  const dropped = await removeCache(files, name);
  // Behind a link nothing is kept for anybody: what was in the file is gone all the same.
  if (!dropped.ok) return removed.ok && dropped.failure.code === 'place-is-link' ? removed : dropped;
  return dropped.value ? ok(undefined) : removed;
}

async function removeFromFile(
  file: string,
  name: string,
  replace: boolean,
  stillWanted: () => boolean,
): Promise<Result<void>> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  if (!snapshot.value) return failed(failure('profile-not-found', { profile: name }));
  return rewriteFile<void>(file, (content) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    const parsed = parseLines(content);
    const known = parsed.ok && draftOf(parsed.value).sections.some((section) => section.name === name);
    if (parsed.ok && !known) return failed(failure('profile-not-found', { profile: name }));
    const edited = editWholeFile(file, content, [{ name, replace }]);
    if (!edited.ok) {
      return failed(failure('file-not-understood', { file, line: edited.line, reason: edited.reason }));
    }
    const refusal = edited.value.refused.get(name);
    return refusal ? failed(refusal) : ok({ content: edited.value.content, value: undefined });
  });
}
