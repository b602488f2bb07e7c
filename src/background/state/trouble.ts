import { inWorker } from './worker.ts';

const memory = inWorker(() => ({ tell: async () => {} }));

/** Calls `next` whenever Roleferry itself has failed: there is one place to say so. */
export function onTrouble(next: () => Promise<void>): void {
  memory().tell = next;
}

/** Takes an error that nobody can be answered with. */
export function reportTrouble(): Promise<void> {
  return memory().tell();
}
