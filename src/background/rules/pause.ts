import * as v from 'valibot';
import { localItem } from '../state/stored-item.ts';
import { inWorker } from '../state/worker.ts';

/**
 * After everything was forgotten nothing is written by itself until the person acts again: else the next page that
 * leads to the identity provider, where the session goes on, would have the profiles written anew. On the disk, for
 * that session outlasts the browser too.
 */
const item = localItem('paused', v.boolean(), false);

/** The pause holds from the moment that it is asked for, and not only when it is stored. */
const memory = inWorker(() => ({ hasBegun: false }));

export const isPaused = async (): Promise<boolean> => memory().hasBegun || (await item.read());

export function pauseWriting(): Promise<void> {
  memory().hasBegun = true;
  return item.change(() => true);
}

/** Lets logins be written by themselves again; whether they were not. */
export async function endPause(): Promise<boolean> {
  if (!(await isPaused())) return false;
  memory().hasBegun = false;
  await item.change(() => false);
  return true;
}
