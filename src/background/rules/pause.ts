import * as v from 'valibot';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';

/**
 * After everything was forgotten, nothing is written automatically until the user acts. Otherwise the next page that
 * leads to the identity provider, whose session continues, would write the profiles again. On disk, since that session
 * may outlast the browser.
 */
const item = localItem('paused', v.boolean(), false);

/** The pause starts when requested, not only when stored. */
// Stryker disable next-line ObjectLiteral: what is not there has not begun
const pause = () => ({ hasBegun: false });

export const isPaused = async (memory: Memory): Promise<boolean> =>
  memory.of(pause).hasBegun || (await item.read(memory));

export function pauseWriting(memory: Memory): Promise<void> {
  memory.of(pause).hasBegun = true;
  return item.change(memory, () => true);
}

/** Ends the pause; true if there was one. */
export async function endPause(memory: Memory): Promise<boolean> {
  if (!(await isPaused(memory))) return false;
  memory.of(pause).hasBegun = false;
  await item.change(memory, () => false);
  return true;
}
