import type { Memory } from './memory.ts';

const trouble = () => ({ tell: async () => {} });

/** Calls `next` whenever Roleferry itself has failed: there is one place to say so. */
export function onTrouble(memory: Memory, next: () => Promise<void>): void {
  memory.of(trouble).tell = next;
}

/** Takes an error that nobody can be answered with; for `catch`. */
export const reportTrouble = (memory: Memory) => (): Promise<void> => memory.of(trouble).tell();
