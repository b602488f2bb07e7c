import * as v from 'valibot';
import type { Memory } from '../state/memory.ts';
import { sessionItem } from '../state/stored-item.ts';

/** A popup that did not open at once shall not copy anything when it is opened for something else. */
const patienceMilliseconds = 15_000;

const item = sessionItem('copyNewest', v.number(), 0);

/** Whether the keyboard shortcut asks the popup to copy the newest credentials. */
export async function isCopyWanted(memory: Memory, now: number): Promise<boolean> {
  const asked = await item.read(memory);
  return asked <= now && now < asked + patienceMilliseconds;
}

export const wantCopy = (memory: Memory, now: number): Promise<void> => item.change(memory, () => now);

export const copyDone = (memory: Memory): Promise<void> => item.change(memory, () => 0);
