import type { Memory } from './memory.ts';

const watchers = () => new Set<() => void>();

/** Says that something changed: whatever shows or schedules something looks again. */
export function tellChanged(memory: Memory): void {
  for (const watcher of memory.of(watchers)) watcher();
}

/** Calls `watcher` after each change, until the function that this returns is called. */
export function onChange(memory: Memory, watcher: () => void): () => void {
  memory.of(watchers).add(watcher);
  return () => memory.of(watchers).delete(watcher);
}
