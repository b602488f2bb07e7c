import { type FSWatcher, watch } from 'node:fs';

/** How often to look at a missing folder, or a file system that reports no changes; milliseconds. */
const recheck = 1000;

/**
 * Calls `look` at once, at each change in one of the `folders` and each second, until it says yes, `milliseconds` have
 * passed or `signal` aborts. Returns whether it said yes. What `look` throws counts as no.
 */
export function lookUntil(
  folders: readonly string[],
  look: () => Promise<boolean>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = (answer: boolean) => {
      for (const watcher of watchers) watcher.close();
      clearInterval(again);
      clearTimeout(timeout);
      signal?.removeEventListener('abort', aborted);
      resolve(answer);
    };
    const aborted = () => stop(false);
    const tryIt = () => {
      look().then(
        (yes) => yes && stop(true),
        () => {},
      );
    };
    const watchers = folders.flatMap((folder) => watchFolder(folder, tryIt));
    const again = setInterval(tryIt, recheck);
    const timeout = setTimeout(() => stop(false), milliseconds);
    signal?.addEventListener('abort', aborted);
    if (signal?.aborted) aborted();
    else tryIt();
  });
}

function watchFolder(folder: string, look: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, look);
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
