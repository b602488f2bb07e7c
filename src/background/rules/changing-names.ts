import * as v from 'valibot';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';

/**
 * Issuers whose session names change at each login, as the user said. Not part of exported settings: someone else's
 * file must not turn off what keeps their login out of a profile.
 */
const item = localItem('changingNames', v.array(v.string()), []);

export const readChangingNames = (memory: Memory): Promise<string[]> => item.read(memory);

/** Stores whether names change at each login of this issuer, so that they are not compared. */
export const setNamesChange = (memory: Memory, issuer: string, change: boolean): Promise<void> =>
  item.change(memory, (issuers) => [...issuers.filter((one) => one !== issuer), ...(change ? [issuer] : [])]);
