import { rm } from 'node:fs/promises';
import type { Failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { writeFailure } from '../../disk/fs-failure.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteBytes } from '../../disk/rewrite-file.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readCache, removeCache, writeCache } from './cache.ts';

/**
 * Runs `change`, which moves the profile `name` between the AWS files and the cache. If it fails, restores all of them:
 * a half-done change would leave a second copy of a secret, or a profile without credentials. What another program
 * writes meanwhile stays. If a file cannot be restored, `tellNotPutBack` gets the reason.
 *
 * Failures: those of `change`, `file-unreadable`.
 */
export async function allOrNothing<T>(
  files: AwsFiles,
  name: string,
  change: () => Promise<Result<T>>,
  tellNotPutBack: (failure: Failure) => void,
): Promise<Result<T>> {
  const cached = await readCache(files, name);
  if (!cached.ok) return cached;
  // Stryker disable next-line ArrayDeclaration: a file of no name is put back as none
  const before: [file: string, bytes: Buffer | undefined][] = [];
  for (const file of [files.credentialsFile, files.configFile]) {
    const read = await readSnapshot(file);
    if (!read.ok) return read;
    before.push([file, read.value?.bytes]);
  }
  const done = await change();
  if (done.ok) return done;
  const back: Result<unknown>[] = [];
  for (const [file, bytes] of before) back.push(await putBack(file, bytes));
  // The config file says where the cache is, so the cache comes second.
  back.push(await (cached.value ? writeCache(files, name, cached.value) : removeCache(files, name)));
  for (const put of back) if (!put.ok) tellNotPutBack(put.failure);
  return done;
}

async function putBack(file: string, before: Buffer | undefined): Promise<Result<void>> {
  const now = await readSnapshot(file);
  if (!now.ok) return now;
  const ours = now.value?.bytes;
  if (ours === undefined || before?.equals(ours)) return ok(undefined);
  if (before === undefined) {
    return rm(file).then(
      () => ok(undefined),
      // Stryker disable next-line ArrowFunction: root, as whom tests may run, can remove everything
      (error) => failed(writeFailure(file, error)),
    );
  }
  return rewriteBytes<void>(file, (bytes) =>
    ok({ pieces: [bytes.equals(ours) ? before : bytes], value: undefined }),
  );
}
