import * as v from 'valibot';
import type { Memory } from '../state/memory.ts';
import { localItem, sessionItem } from '../state/stored-item.ts';

/** The last policy that the browser delivered, as JSON; `null` if there was none, or it was removed. */
const lastPolicy = localItem('policy', v.nullable(v.string()), null);

export const readRememberedPolicy = (memory: Memory): Promise<string | null> => lastPolicy.read(memory);

/** Stores a policy on disk, so that the next browser start knows there is one; `null` removes it. */
export const rememberPolicy = (memory: Memory, json: string | null): Promise<void> =>
  lastPolicy.change(memory, () => json);

/** What this browser session knows of its policy, kept when the worker stops. */
const watchSchema = v.object({
  /** The browser has delivered the policy in this session. */
  seen: v.boolean(),
  /** How often the alarm checked in vain for a known policy. */
  looks: v.number(),
  /** When it checks next; milliseconds since the epoch, 0 if nothing is awaited. */
  lookAt: v.number(),
});

type PolicyWatch = v.InferOutput<typeof watchSchema>;

export const notWatched: PolicyWatch = { seen: false, looks: 0, lookAt: 0 };

const watch = sessionItem('policyWatch', watchSchema, notWatched);

export const readPolicyWatch = (memory: Memory): Promise<PolicyWatch> => watch.read(memory);

export const changePolicyWatch = (memory: Memory, change: Partial<PolicyWatch>): Promise<void> =>
  watch.change(memory, (before) => ({ ...before, ...change }));
