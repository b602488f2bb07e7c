import { lstat, readdir, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { failed, ok, type Result } from '../../../core/result.ts';
import { writeFailure } from '../../../disk/fs-failure.ts';
import { deleteFile } from './delete-file.ts';
import { isFile, linkOnTheWay } from './no-link.ts';
import { temporaryOf } from './put-file.ts';

/**
 * Deletes `file`, which we wrote, and what a killed writer of it left behind. Returns whether `file` was there. Deletes
 * only regular files, and only if no folder from `root` on is a link: we wrote nothing else.
 * Failure: `file-not-writable`.
 */
export async function takeAway(root: string, file: string): Promise<Result<boolean>> {
  if ((await linkOnTheWay(root, dirname(file))) !== undefined) return ok(false);
  const names = await readdir(dirname(file)).catch(() => []);
  const isLeft = temporaryOf(basename(file));
  const ours = names.filter((name) => name === basename(file) || isLeft.test(name));
  return takeAwayNamed(dirname(file), ours).then((taken) =>
    taken.ok ? ok(taken.value.includes(file)) : taken,
  );
}

/** Deletes the regular files called `names` in `folder`. Returns their paths. */
export async function takeAwayNamed(folder: string, names: readonly string[]): Promise<Result<string[]>> {
  const taken: string[] = [];
  for (const file of names.map((name) => join(folder, name))) {
    if (!(await isFile(file))) continue;
    try {
      await deleteFile(file);
    } catch (error) {
      return failed(writeFailure(file, error));
    }
    taken.push(file);
  }
  return ok(taken);
}

/** Removes an empty folder. Returns whether it did. */
export async function takeAwayEmpty(folder: string): Promise<boolean> {
  try {
    if (!(await lstat(folder)).isDirectory()) return false;
    await rmdir(folder);
    return true;
  } catch {
    return false;
  }
}
