import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ok, type Result } from '../../core/result.ts';
import { onDemandFolder } from '../../credentials-file/index.ts';
import { cacheFolderIn } from './aws-files.ts';
import { linkOnTheWay } from './files/no-link.ts';
import { takeAway, takeAwayEmpty, takeAwayNamed } from './files/take-away.ts';
import type { hostFiles } from './host-files.ts';
import { type InstallRecord, installRecordName } from './install-record.ts';

/** Removes the host's own files and data. Anything else in its folder stays. */
export async function removeHost(
  {
    folder,
    host,
    wrapper,
    credentialProcess,
    processWrapper,
    executable,
    earlier,
    extensions,
  }: ReturnType<typeof hostFiles>,
  { extensionFiles = [] }: InstallRecord,
): Promise<Result<string[]>> {
  const removed: string[] = [];
  for (const file of [wrapper, host, processWrapper, credentialProcess, executable, ...earlier]) {
    const gone = await takeAway(folder, file);
    if (!gone.ok) return gone;
    if (gone.value) removed.push(file);
  }

  const taken: string[] = [];
  for (const file of extensionFiles.map((name) => join(extensions, name))) {
    const gone = await takeAway(folder, file);
    if (!gone.ok) return gone;
    if (gone.value) taken.push(file);
  }
  for (const below of deepestFirst(extensionFiles.flatMap((name) => foldersOf(extensions, name)))) {
    if ((await linkOnTheWay(folder, below)) === undefined) await takeAwayEmpty(below);
  }
  if (extensionFiles.length > 0 && (await takeAwayEmpty(extensions))) removed.push(extensions);
  else removed.push(...taken);

  const cache = cacheFolderIn(folder);
  if ((await linkOnTheWay(folder, cache)) === undefined) {
    const kept = await takeAwayNamed(cache, (await namesIn(cache)).filter(isOfCache));
    if (!kept.ok) return kept;
    await takeAwayEmpty(join(cache, 'logins'));
    const onDemand = join(cache, onDemandFolder);
    if ((await linkOnTheWay(folder, onDemand)) === undefined) {
      const taken = await takeAwayNamed(onDemand, (await namesIn(onDemand)).filter(isOfOnDemand));
      if (!taken.ok) return taken;
      await takeAwayEmpty(onDemand);
    }
    if (await takeAwayEmpty(cache)) removed.push(cache);
    else removed.push(...kept.value);
  }

  const orphans = await takeAwayNamed(folder, (await namesIn(folder)).filter(isOrphan));
  if (!orphans.ok) return orphans;
  // The record comes last, so that an interrupted uninstall can be repeated.
  const recordFile = join(folder, installRecordName);
  const gone = await takeAway(folder, recordFile);
  if (!gone.ok) return gone;
  return ok(gone.value ? [...removed, recordFile] : removed);
}

/** What a killed writer of a file of ours leaves behind; see disk/temporary-files.ts. */
const isOrphan = (name: string): boolean => /^\.roleferry-[0-9a-f]{8}-[0-9a-f]{32}\.tmp$/.test(name);

/** The file names in the cache; see credentials-file/process/cache.ts and credentials-file/config/own-sections.ts. */
const isOfCache = (name: string): boolean => /^(?:written-)?[0-9a-f]{64}\.json$/.test(name) || isOrphan(name);

/** The file names in its folder for on-demand profiles; see credentials-file/on-demand. */
const isOfOnDemand = (name: string): boolean =>
  /^(?:made|asked)-[0-9a-f]{64}\.json$|^watched-\d+\.json$/.test(name) || isOrphan(name);

/** What is in `folder`: nothing if it cannot be read. */
export const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => []);

/** The folders between `root` and the file `name` in it. */
function foldersOf(root: string, name: string): string[] {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, index) => join(root, ...parts.slice(0, index + 1)));
}

/** Those without repetition, what is in another one before that. */
export const deepestFirst = (folders: string[]): string[] =>
  [...new Set(folders)].sort((a, b) => b.length - a.length);
