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
 * Says with `place-is-link` that `path`, or a folder on the way to it from `root` on, is a link: whoever wrote or deleted
 * there would do it somewhere else. What is above `root` may be a link, as where a home has its folders on another disk.
 */
export async function linkOnTheWay(root: string, path: string): Promise<Failure | undefined> {
  if (path !== root && dirname(path) !== path) {
    const above = await linkOnTheWay(root, dirname(path));
    if (above !== undefined) return above;
  }
  return (await isLink(path)) ? failure('place-is-link', { path }) : undefined;
}

/**
 * The same for a host manifest. Its folder may be a link to one of `folders`, in which browsers look for manifests
 * anyhow: some browsers are set up to share one.
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
