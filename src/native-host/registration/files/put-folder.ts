import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { failed, ok, type Result } from '../../../core/result.ts';
import { writeFailure } from '../../../disk/fs-failure.ts';
import { linkOnTheWay } from './no-link.ts';
import { type Change, putFile } from './put-file.ts';
import { takeAway } from './take-away.ts';

/**
 * Copies the files of `source` to `folder`. The order keeps a browser working that has the folder loaded: new files
 * first, top-level files last, since they refer to the others, and in the end it deletes files that an earlier
 * installation has `written` and that are not in `source`. Names are relative to their folder, with `/`. Other files
 * stay.
 *
 * Failures: `place-is-link` before anything is written, `file-not-writable`, `file-no-space`.
 */
export async function putFolder(
  folder: string,
  source: string,
  written: readonly string[] = [],
): Promise<Result<Change>> {
  const depth = (name: string) => name.split('/').length;
  let change: Change = 'up to date';
  try {
    const names = await filesIn(source);
    for (const name of names) {
      const link = await linkOnTheWay(folder, join(folder, name));
      if (link !== undefined) return failed(link);
    }
    for (const name of names.sort((a, b) => depth(b) - depth(a))) {
      const put = await putFile(join(folder, name), await readFile(join(source, name)), 0o644);
      if (!put.ok) return put;
      if (put.value === 'written') change = 'written';
    }
    for (const name of written.filter((one) => !names.includes(one))) {
      const taken = await takeAway(folder, join(folder, name));
      if (!taken.ok) return taken;
      if (taken.value) change = 'written';
    }
    return ok(change);
  } catch (error) {
    return failed(writeFailure(folder, error));
  }
}

/** Every file below `folder`, relative to it, with `/` on every system. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'));
}
