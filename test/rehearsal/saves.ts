import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { interrupted } from './told.ts';

/** An editor saves a file in several steps; milliseconds. */
const burst = 50;

/**
 * Watches `root`'s folders from now on. Returns the saved files as relative paths, in bursts, until the signal. Each
 * folder is watched separately: that notices files that editors replace, and works with every Node.
 */
export function watchSaves(root: string, folders: string[], signal: AbortSignal): AsyncIterable<string[]> {
  const watched = new Map<string, FSWatcher>();
  const saved = new Set<string>();
  let wake = () => {};
  const watchFolder = (folder: string) => {
    if (watched.has(folder)) return;
    const watcher = watch(join(root, folder), (_event, name) => {
      saved.add(folder === '.' ? String(name) : `${folder}/${name}`);
      wake();
    });
    // A folder that was removed.
    watcher.on('error', () => watched.delete(folder));
    watched.set(folder, watcher);
  };
  const watchAll = () => {
    for (const folder of folders.flatMap((one) => [one, ...foldersBelow(root, one)])) watchFolder(folder);
  };
  watchFolder('.');
  watchAll();
  signal.addEventListener('abort', () => {
    for (const watcher of watched.values()) watcher.close();
  });
  return (async function* () {
    while (!signal.aborted) {
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
      // New folders, too.
      if (!signal.aborted) watchAll();
    }
  })();
}

const foldersBelow = (root: string, folder: string): string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(root.length).replaceAll('\\', '/').replace(/^\//, ''),
    );
