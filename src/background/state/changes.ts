import { inWorker } from './worker.ts';

const watchers = inWorker(() => new Set<() => void>());

/** Says that something changed: whatever shows or schedules something looks again. */
export function tellChanged(): void {
  for (const watcher of watchers()) watcher();
}

/** Calls `watcher` after each change, until the function that this returns is called. */
export function onChange(watcher: () => void): () => void {
  watchers().add(watcher);
  return () => watchers().delete(watcher);
}
