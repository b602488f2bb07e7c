import { realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { isLink } from '../../disk/is-link.ts';
import { sha256 } from '../../disk/sha256.ts';

/**
 * A file name for what is kept of the profile `name`. It includes the config file: with another `AWS_CONFIG_FILE` the
 * same name is another profile, perhaps of another account. It is a digest, since profile names may have characters that
 * file names may not, or differ only in case.
 */
export const digestOf = async (configFile: string, name: string): Promise<string> =>
  sha256(`${await realPath(resolve(configFile))}\0${name}`);

/**
 * The path of `names` below `folder`. Folder and files are Roleferry's own, so somebody else made a link there.
 * Failure: `place-is-link`.
 */
export async function ownPath(folder: string, ...names: string[]): Promise<Result<string>> {
  let path = folder;
  for (const name of ['', ...names]) {
    path = join(path, name);
    if (await isLink(path)) return failed(failure('place-is-link', { path }));
  }
  return ok(path);
}

/** The real path, also of a file that does not exist yet: its folder may be a link. */
const realPath = (path: string): Promise<string> =>
  realpath(path).catch(async () =>
    // Stryker disable next-line ConditionalExpression: every system has its root
    dirname(path) === path ? path : join(await realPath(dirname(path)), basename(path)),
  );
