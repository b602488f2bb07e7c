import * as v from 'valibot';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';

/** Issuers whose sign-in link the user does not want to be asked for. */
const item = localItem('declinedLinks', v.array(v.string()), []);

export const readDeclinedLinks = (memory: Memory): Promise<string[]> => item.read(memory);

export const declineLink = (memory: Memory, issuer: string): Promise<void> =>
  item.change(memory, (issuers) => [...issuers.filter((one) => one !== issuer), issuer]);
