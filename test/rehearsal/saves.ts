import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { interrupted } from './told.ts';

/** An editor saves a file in several steps; milliseconds. */
const burst = 50;

/**
 * The files that are saved below the folders of `root`, as paths from there, burst by burst until the signal comes.
 * Each folder is watched by itself: that is told of files that editors replace, and works on every Node.
 */
export async function* saves(root: string, folders: string[], signal: AbortSignal): AsyncGenerator<string[]> {
  const watched = new Map<string, FSWatcher>();
  const saved = new Set<string>();
  let wake = () => {};
  const watchFolder = (folder: string) => {
    if (watched.has(folder)) return;
    const watcher = watch(join(root, folder), { signal }, (_event, name) => {
      saved.add(folder === '.' ? String(name) : `${folder}/${name}`);
      wake();
    });
    // A folder that was removed.
    watcher.on('error', () => watched.delete(folder));
    watched.set(folder, watcher);
  };
  watchFolder('.');
  while (!signal.aborted) {
    for (const folder of folders.flatMap((one) => [one, ...foldersBelow(root, one)])) watchFolder(folder);
    if (saved.size === 0) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      await Promise.race([woken, interrupted(signal)]);
    }
    await pause(burst);
    const files = [...saved];
    saved.clear();
    if (files.length > 0) yield files;
  }
}

const foldersBelow = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''),
    );
