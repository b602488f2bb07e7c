import { failure } from '../../core/failure.ts';
import { type Policy, parsePolicy } from '../../core/policy/policy.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { browser } from '../../webext/browser.ts';
import { cached } from '../state/cached.ts';
import { tellChanged } from '../state/changes.ts';
import { happening, noteForGood } from '../state/history.ts';
import type { Memory } from '../state/memory.ts';
import { reportTrouble } from '../state/trouble.ts';
import { isNothing, readManaged } from './managed.ts';
import {
  changePolicyWatch,
  notWatched,
  readPolicyWatch,
  readRememberedPolicy,
  rememberPolicy,
} from './policy-memory.ts';

/** What is known of the policy. */
export interface KnownPolicy {
  /** The browser's policy; while that is awaited, the one of an earlier session. */
  policy: Result<Policy>;
  /** The browser had a policy before but has not delivered it yet. `late`: nothing waits for it any longer. */
  awaited?: 'soon' | 'late';
}

/** How long decisions wait for the policy, from the worker's first check. */
const patienceMilliseconds = 30_000;

/** Name of the alarm that checks for an awaited policy. */
export const policyAlarm = 'policy';

const lookMilliseconds = 60_000;

/** After five checks in vain the policy counts as removed. Time would not do: clocks jump and machines sleep. */
const looksUntilGone = 5;

/** How this worker waits for the policy. */
interface Watching {
  known: ReturnType<typeof cached<KnownPolicy>>;
  /** Grows with each change, to recognize answers from before it. */
  changes: number;
  /** The browser said that the policy was removed. */
  removalTold: boolean;
  wasAwaited: boolean;
  /** Nobody waits for the policy any longer. */
  isLate: boolean;
  isTimed: boolean;
  waiting: (() => void)[];
  watchers: Set<() => void>;
}

const watching = (memory: Memory): Watching => {
  // Firefox says nothing: there the policy stays the same as long as the browser runs.
  browser.storage.managed.onChanged?.addListener((changed) => {
    const all = Object.values(changed);
    watch.removalTold = all.length > 0 && all.every(({ newValue }) => newValue === undefined);
    lookAgain(watch);
    tellWatchers(watch);
  });
  const watch: Watching = {
    known: cached(() => look(memory)),
    changes: 0,
    removalTold: false,
    wasAwaited: false,
    isLate: false,
    isTimed: false,
    waiting: [],
    watchers: new Set(),
  };
  return watch;
};

/** Calls `watcher` when the policy has changed, and when an awaited one has come or counts as removed. */
export function watchPolicy(memory: Memory, watcher: () => void): void {
  memory.of(watching).watchers.add(watcher);
}

/**
 * The policy in effect, for decisions; empty if the browser isn't managed. A browser that had a policy before waits
 * here until it delivers it. Failures: `policy-invalid`, `policy-awaited`. Then nothing may be done, since nobody knows
 * what is forbidden.
 */
export async function readPolicy(memory: Memory): Promise<Result<Policy>> {
  const watch = memory.of(watching);
  for (;;) {
    const asOf = watch.changes;
    const { policy, awaited } = await lookAtPolicy(memory);
    if (asOf !== watch.changes) continue;
    if (awaited === undefined || !policy.ok) return policy;
    if (awaited === 'late') return failed(failure('policy-awaited'));
    await new Promise<void>((resolve) => watch.waiting.push(resolve));
  }
}

/** What is known of the policy, to show it: never waits. */
export async function lookAtPolicy(memory: Memory): Promise<KnownPolicy> {
  const watch = memory.of(watching);
  const known = await watch.known.read();
  if (!known.policy.ok || known.awaited) watch.known.forget();
  return known;
}

/** The policy in effect, or the last one while it is awaited. To show, not to decide. */
export const shownPolicy = async (memory: Memory): Promise<Result<Policy>> =>
  (await lookAtPolicy(memory)).policy;

/** Checks for an awaited policy when the alarm rings; `now` in milliseconds since the epoch. */
export async function lookForPolicy(memory: Memory, now: number): Promise<void> {
  const { looks, lookAt } = await readPolicyWatch(memory);
  // An alarm from an earlier browser session can ring in this one.
  if (lookAt === notWatched.lookAt) return;
  if (now >= lookAt) await changePolicyWatch(memory, { looks: looks + 1, lookAt: now + lookMilliseconds });
  lookAgain(memory.of(watching));
  const { awaited } = await lookAtPolicy(memory);
  if (awaited) await browser.alarms.create(policyAlarm, { when: (await readPolicyWatch(memory)).lookAt });
}

async function look(memory: Memory): Promise<KnownPolicy> {
  const [managed, remembered] = await Promise.all([readManaged(), readRememberedPolicy(memory)]);
  const known = isNothing(managed)
    ? await withoutPolicy(memory, remembered)
    : withPolicy(memory, managed, remembered);
  const watch = memory.of(watching);
  const isSettled = watch.wasAwaited && known.awaited === undefined;
  watch.wasAwaited = known.awaited !== undefined;
  if (isSettled) {
    letGoOn(watch);
    tellWatchers(watch);
  }
  return known;
}

function withPolicy(memory: Memory, managed: unknown, remembered: string | null): KnownPolicy {
  // A policy that the browser could not read is not stored.
  if (managed !== undefined)
    remember(memory, JSON.stringify(managed), remembered).catch(reportTrouble(memory));
  return { policy: parsePolicy(managed) };
}

async function remember(memory: Memory, json: string, remembered: string | null): Promise<void> {
  if (json !== remembered) await rememberPolicy(memory, json);
  const { seen, lookAt } = await readPolicyWatch(memory);
  if (!seen || lookAt !== notWatched.lookAt) await changePolicyWatch(memory, { ...notWatched, seen: true });
}

async function withoutPolicy(memory: Memory, remembered: string | null): Promise<KnownPolicy> {
  if (remembered === null) return { policy: ok({}) };
  const { seen, looks, lookAt } = await readPolicyWatch(memory);
  const watch = memory.of(watching);
  // Only a policy that was seen in this browser session can be removed in it.
  if ((watch.removalTold && seen) || looks >= looksUntilGone) {
    await rememberPolicy(memory, null);
    await changePolicyWatch(memory, notWatched);
    await noteForGood(memory, happening('policy', {}));
    return { policy: ok({}) };
  }
  if (lookAt === notWatched.lookAt) {
    const when = Date.now() + lookMilliseconds;
    await changePolicyWatch(memory, { lookAt: when });
    await browser.alarms.create(policyAlarm, { when });
  }
  if (!watch.isTimed) setTimeout(() => losePatience(memory), patienceMilliseconds);
  watch.isTimed = true;
  // A worker that starts again minutes later does not wait again.
  return { policy: parsePolicy(parsed(remembered)), awaited: watch.isLate || looks > 0 ? 'late' : 'soon' };
}

function losePatience(memory: Memory): void {
  const watch = memory.of(watching);
  watch.isLate = true;
  lookAgain(watch);
  tellChanged(memory);
}

function lookAgain(watch: Watching): void {
  watch.changes += 1;
  watch.known.forget();
  letGoOn(watch);
}

function letGoOn(watch: Watching): void {
  const all = watch.waiting;
  watch.waiting = [];
  for (const goOn of all) goOn();
}

function tellWatchers({ watchers }: Watching): void {
  for (const watcher of watchers) watcher();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
