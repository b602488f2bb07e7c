import { chmod, lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure } from '../../../core/failure.ts';
import { failed, ok, type Result } from '../../../core/result.ts';
import { writeFailure } from '../../../disk/fs-failure.ts';
import { isLink } from '../../../disk/is-link.ts';

/** Whether something was changed or was already right. */
export type Change = 'written' | 'up to date';

/**
 * Writes `content` to `file` with `mode`, completely or not at all, unless the file is already like that. Makes missing
 * folders with access for this user only.
 *
 * Failures: `place-is-link`, `file-not-writable`, `file-no-space`.
 */
export async function putFile(file: string, content: string | Buffer, mode: number): Promise<Result<Change>> {
  const bytes = Buffer.from(content);
  if (await isLink(file)) return failed(failure('place-is-link', { path: file }));
  if (await isAlready(file, bytes, mode)) return ok('up to date');
  const temporary = newTemporary(file);
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, bytes, { flag: 'wx', mode });
    await chmod(temporary, mode);
    await replace(file, temporary);
    return ok('written');
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    return failed(writeFailure(file, error));
  }
}

/** Windows does not replace a program that is running, but renames it. Uninstall deletes it, if not this. */
async function replace(file: string, temporary: string): Promise<void> {
  try {
    await rename(temporary, file);
  } catch (error) {
    if (process.platform !== 'win32') throw error;
    const aside = newTemporary(file);
    await rename(file, aside);
    await rename(temporary, file).catch(async (problem) => {
      await rename(aside, file);
      throw problem;
    });
    await rm(aside, { force: true }).catch(() => {});
  }
}

function newTemporary(file: string): string {
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  return `${file}.${randomBytes(6).toString('hex')}.tmp`;
}

/** The names of temporary files for new content of the file `name`. */
export const temporaryOf = (name: string): RegExp =>
  new RegExp(`^${name.replace(/[^\w]/g, '\\$&')}\\.[0-9a-f]{12}\\.tmp$`);

async function isAlready(file: string, bytes: Buffer, mode: number): Promise<boolean> {
  try {
    const sameMode = process.platform === 'win32' || ((await lstat(file)).mode & 0o777) === mode;
    return sameMode && bytes.equals(await readFile(file));
  } catch {
    return false;
  }
}
