import * as v from 'valibot';
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

export const readRenewals = (): Promise<Renewal[]> => item.read();

export const changeRenewals = (next: (renewals: Renewal[]) => Renewal[]): Promise<void> => item.change(next);
