import * as v from 'valibot';
import type { Memory } from './memory.ts';
import { sessionItem } from './stored-item.ts';

/** A sign-in link that was opened in a tab. */
const renewalSchema = v.object({
  issuer: v.string(),
  tabId: v.number(),
  /** Milliseconds since the epoch. */
  openedAt: v.number(),
  /** `seen`: STS has vouched for the login that came, and the tab is closed as soon as AWS has answered. */
  state: v.picklist(['opening', 'seen', 'needs-you']),
});

export type Renewal = v.InferOutput<typeof renewalSchema>;

const item = sessionItem('renewals', v.array(renewalSchema), []);

export const readRenewals = (memory: Memory): Promise<Renewal[]> => item.read(memory);

export const changeRenewals = (memory: Memory, next: (renewals: Renewal[]) => Renewal[]): Promise<void> =>
  item.change(memory, next);
