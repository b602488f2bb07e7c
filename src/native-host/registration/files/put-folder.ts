import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { failed, ok, type Result } from '../../../core/result.ts';
import { writeFailure } from '../../../disk/fs-failure.ts';
import { linkOnTheWay } from './no-link.ts';
import { type Change, putFile } from './put-file.ts';
import { takeAway } from './take-away.ts';

/**
 * Makes `folder` hold the files of `source`. New files come first and the top-level ones last, since those name the
 * others; what an earlier installation has `written` and is not in `source` goes at the end, so that a browser that has
 * the folder loaded finds what it looks for all along. Both names are relative to their folder, with `/` in between.
 * What anybody else put there stays.
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

/** Every file below `folder`, relative to it, with `/` in between on every system. */
export async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).replaceAll(sep, '/'));
}
