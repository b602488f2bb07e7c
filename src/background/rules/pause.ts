import * as v from 'valibot';
import { localItem } from '../state/stored-item.ts';
import { inWorker } from '../state/worker.ts';

/**
 * After everything was forgotten, nothing is written automatically until the user acts. Otherwise the next page that
 * leads to the identity provider, whose session continues, would write the profiles again. On disk, since that session
 * may outlast the browser.
 */
const item = localItem('paused', v.boolean(), false);

/** The pause starts when requested, not only when stored. */
const memory = inWorker(() => ({ hasBegun: false }));

export const isPaused = async (): Promise<boolean> => memory().hasBegun || (await item.read());

export function pauseWriting(): Promise<void> {
  memory().hasBegun = true;
  return item.change(() => true);
}

/** Ends the pause; true if there was one. */
export async function endPause(): Promise<boolean> {
  if (!(await isPaused())) return false;
  memory().hasBegun = false;
  await item.change(() => false);
  return true;
}
