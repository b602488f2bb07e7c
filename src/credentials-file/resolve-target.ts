import { lstat, mkdir, readlink, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { errorCode, writeFailure } from './fs-failure.ts';

/** As many links in a row as Linux follows. */
const mostLinks = 40;

/**
 * Finds the real file behind `file`, through symbolic links to the end, so that a rename replaces the file and not
 * the link. The file itself may be missing; a missing folder is made (0700). A link to nothing is refused with
 * `file-link-broken` rather than brought to life: a keychain or an encrypted folder that is not mounted looks
 * just like that.
 */
export async function resolveTarget(file: string): Promise<Result<string>> {
  let path = resolve(file);
  let link: string | undefined;
  try {
    const folder = await makeFolder(file, dirname(path));
    if (!folder.ok) return folder;
    for (let links = 0; links <= mostLinks; links++) {
      // From the real folder, since `..` in a link counts from there.
      path = join(await realpath(dirname(path)), basename(path));
      const next = await linkTarget(path);
      if (next === undefined) {
        const missing = link !== undefined && (await isMissing(path));
        return missing ? failed(failure('file-link-broken', { file, target: path })) : ok(path);
      }
      link = next;
      path = resolve(dirname(path), next);
    }
    return failed(failure('file-link-broken', { file, target: link ?? path }));
  } catch (error) {
    if (link !== undefined && ['ENOENT', 'ELOOP', 'ENOTDIR'].includes(errorCode(error) ?? '')) {
      return failed(failure('file-link-broken', { file, target: path }));
    }
    return failed(writeFailure(file, error));
  }
}

async function makeFolder(file: string, folder: string): Promise<Result<void>> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return ok(undefined);
  } catch (error) {
    const target = await linkTarget(folder).catch(() => undefined);
    if (target !== undefined) return failed(failure('file-link-broken', { file, target }));
    return failed(writeFailure(file, error));
  }
}

async function linkTarget(path: string): Promise<string | undefined> {
  try {
    return await readlink(path);
  } catch (error) {
    // EINVAL: there, but no link. Windows says UNKNOWN for some files.
    if (['EINVAL', 'ENOENT', 'UNKNOWN'].includes(errorCode(error) ?? '')) return undefined;
    throw error;
  }
}

const isMissing = (path: string) =>
  lstat(path).then(
    () => false,
    (error) => errorCode(error) === 'ENOENT',
  );
