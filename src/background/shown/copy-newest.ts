import * as v from 'valibot';
import { sessionItem } from '../state/stored-item.ts';

/** A popup that did not open at once shall not copy anything when it is opened for something else. */
const patienceMilliseconds = 15_000;

const item = sessionItem('copyNewest', v.number(), 0);

/** Whether the keyboard shortcut asks the popup to copy the newest credentials. */
export async function isCopyWanted(now: number): Promise<boolean> {
  const asked = await item.read();
  return asked <= now && now < asked + patienceMilliseconds;
}

export const wantCopy = (now: number): Promise<void> => item.change(() => now);

export const copyDone = (): Promise<void> => item.change(() => 0);
