import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type Failure, failure } from '../../../core/failure.ts';
import { isLink } from '../../../disk/is-link.ts';

/** Whether there is a regular file at `path` itself, not behind a link. */
export const isFile = (path: string): Promise<boolean> =>
  lstat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );

/**
 * The failure `place-is-link` if `path`, or a folder between `root` and it, is a link: writing or deleting there would
 * happen elsewhere. Folders above `root` may be links, as when a home is on another disk.
 */
export async function linkOnTheWay(root: string, path: string): Promise<Failure | undefined> {
  if (path !== root && dirname(path) !== path) {
    const above = await linkOnTheWay(root, dirname(path));
    if (above !== undefined) return above;
  }
  return (await isLink(path)) ? failure('place-is-link', { path }) : undefined;
}

/**
 * The same for a host manifest. Its folder may be a link to one of `folders`, where browsers look for manifests: some
 * browsers are set up to share one.
 */
export async function linkAtManifest(manifest: string, folders: string[]): Promise<Failure | undefined> {
  const folder = dirname(manifest);
  if ((await isLink(folder)) && !(await leadsToOneOf(folder, folders))) {
    return failure('place-is-link', { path: folder });
  }
  return (await isLink(manifest)) ? failure('place-is-link', { path: manifest }) : undefined;
}

async function leadsToOneOf(link: string, folders: string[]): Promise<boolean> {
  const target = await realpath(link).catch(() => undefined);
  if (target === undefined) return false;
  for (const folder of folders) {
    const above = await realpath(dirname(folder)).catch(() => undefined);
    if (above !== undefined && join(above, basename(folder)) === target) return true;
  }
  return false;
}
