import * as v from 'valibot';
import { localItem, sessionItem } from '../state/stored-item.ts';

/** The last policy that the browser handed over, whole, as JSON; `null` where it never did, or the policy is gone. */
const memory = localItem('policy', v.nullable(v.string()), null);

export const readRememberedPolicy = (): Promise<string | null> => memory.read();

/** Remembers a policy on the disk, so that the next start of the browser knows that there is one; `null` forgets it. */
export const rememberPolicy = (json: string | null): Promise<void> => memory.change(() => json);

/** What this session of the browser knows of its policy, whatever becomes of the worker. */
const watchSchema = v.object({
  /** The browser has handed the policy over in this session. */
  seen: v.boolean(),
  /** How often the alarm looked in vain for a policy that is remembered. */
  looks: v.number(),
  /** When it looks next; milliseconds since the epoch, 0 where nothing is awaited. */
  lookAt: v.number(),
});

type PolicyWatch = v.InferOutput<typeof watchSchema>;

export const notWatched: PolicyWatch = { seen: false, looks: 0, lookAt: 0 };

const watch = sessionItem('policyWatch', watchSchema, notWatched);

export const readPolicyWatch = (): Promise<PolicyWatch> => watch.read();

export const changePolicyWatch = (change: Partial<PolicyWatch>): Promise<void> =>
  watch.change((before) => ({ ...before, ...change }));
