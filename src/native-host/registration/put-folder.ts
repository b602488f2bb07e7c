import { readdir, readFile, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { failed, ok, type Result } from '../../core/result.ts';
import { writeFailure } from '../../credentials-file/fs-failure.ts';
import { type Change, putFile } from './put-file.ts';

/**
 * Makes `folder` hold the files of `source` and no others. New files come first and the top-level ones last, since
 * those name the others; what is not in `source` goes at the end, so that a browser that has the folder loaded finds
 * what it looks for all along.
 *
 * Failures: `file-not-writable`, `file-no-space`.
 */
export async function putFolder(folder: string, source: string): Promise<Result<Change>> {
  const depth = (name: string) => name.split(/[\\/]/).length;
  let change: Change = 'up to date';
  try {
    const names = await filesIn(source);
    for (const name of names.sort((a, b) => depth(b) - depth(a))) {
      const put = await putFile(join(folder, name), await readFile(join(source, name)), 0o644);
      if (!put.ok) return put;
      if (put.value === 'written') change = 'written';
    }
    for (const name of await filesIn(folder)) {
      if (names.includes(name)) continue;
      await rm(join(folder, name));
      change = 'written';
    }
    return ok(change);
  } catch (error) {
    return failed(writeFailure(folder, error));
  }
}

/** Every file below `folder`, relative to it. */
async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}
