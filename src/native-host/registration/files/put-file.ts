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
  const { randomBytes } = process.getBuiltinModule('node:crypto');
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(temporary, bytes, { flag: 'wx', mode });
    await chmod(temporary, mode);
    await rename(temporary, file);
    return ok('written');
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {});
    return failed(writeFailure(file, error));
  }
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
