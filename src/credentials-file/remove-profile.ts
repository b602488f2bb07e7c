import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { readSnapshot } from '../disk/read-snapshot.ts';
import { rewriteBytes } from '../disk/rewrite-file.ts';
import { removeOwnSection } from './config/own-sections.ts';
import type { AwsFiles } from './files/locate.ts';
import { editOne } from './format/edit-one.ts';
import { parseLines } from './format/parse-lines.ts';
import { removeCache } from './process/cache.ts';

/**
 * Takes the credentials of a profile out of the credentials file, and its section with them when nothing else is
 * left in it; comments stay. `replace` also takes long-lived keys and other sources of credentials. What is kept for
 * a process profile of this name goes too. With `renamed`, so does its section in the config file, if Roleferry wrote all
 * of it. When `stillWanted` says no right before a file is changed, that one is not.
 *
 * Failures: `profile-not-found`, `profile-long-lived`, `host-gone`, `place-is-link`, and those of writing the files.
 */
export async function removeProfile(
  files: AwsFiles,
  name: string,
  {
    replace = false,
    renamed = false,
    stillWanted = () => true,
  }: { replace?: boolean; renamed?: boolean; stillWanted?: () => boolean } = {},
): Promise<Result<void>> {
  const removed = await removeCredentials(files, name, replace, stillWanted);
  const isOut = removed.ok || removed.failure.code === 'profile-not-found';
  const cut = renamed && isOut ? await removeOwnSection(files, name, stillWanted) : ok(undefined);
  return cut.ok ? removed : cut;
}

async function removeCredentials(
  files: AwsFiles,
  name: string,
  replace: boolean,
  stillWanted: () => boolean,
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
  const notFound = failed(failure('profile-not-found', { profile: name }));
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  if (!snapshot.value) return notFound;
  const remove = editOne(file, { name, replace });
  return rewriteBytes<void>(file, (bytes) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    const parsed = parseLines(bytes.toString('latin1'));
    // Stryker disable ConditionalExpression: nothing but a header has a name
    const isHere =
      !parsed.ok || parsed.value.lines.some((line) => line.kind === 'header' && line.name === name);
    // Stryker restore ConditionalExpression
    return isHere ? remove(bytes) : notFound;
  });
}
