import { failure } from '../../core/failure.ts';
import { type Policy, parsePolicy } from '../../core/policy/policy.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { browser } from '../../webext/browser.ts';
import { cached } from '../state/cached.ts';
import { tellChanged } from '../state/changes.ts';
import { happening, noteForGood } from '../state/history.ts';
import type { Memory } from '../state/memory.ts';
import { reportTrouble } from '../state/trouble.ts';
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

/**
 * After five checks in vain the policy counts as removed. Checks are counted, not time, since clocks jump and machines
 * sleep.
 */
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
    memory.of(watching).removalTold = all.length > 0 && all.every(({ newValue }) => newValue === undefined);
    lookAgain(memory);
    tellWatchers(memory);
  });
  return {
    known: cached(() => look(memory)),
    changes: 0,
    removalTold: false,
    wasAwaited: false,
    isLate: false,
    isTimed: false,
    waiting: [],
    watchers: new Set(),
  };
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
  for (;;) {
    const asOf = memory.of(watching).changes;
    const { policy, awaited } = await lookAtPolicy(memory);
    if (asOf !== memory.of(watching).changes) continue;
    if (awaited === undefined || !policy.ok) return policy;
    if (awaited === 'late') return failed(failure('policy-awaited'));
    await new Promise<void>((resolve) => memory.of(watching).waiting.push(resolve));
  }
}

/** What is known of the policy, to show it: never waits. */
export async function lookAtPolicy(memory: Memory): Promise<KnownPolicy> {
  const known = await memory.of(watching).known.read();
  if (!known.policy.ok || known.awaited) memory.of(watching).known.forget();
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
  lookAgain(memory);
  const { awaited } = await lookAtPolicy(memory);
  if (awaited) await browser.alarms.create(policyAlarm, { when: (await readPolicyWatch(memory)).lookAt });
}

async function look(memory: Memory): Promise<KnownPolicy> {
  const [managed, remembered] = await Promise.all([
    browser.storage.managed.get().catch(nothingManaged),
    readRememberedPolicy(memory),
  ]);
  const known = isNothing(managed)
    ? await withoutPolicy(memory, remembered)
    : withPolicy(memory, managed, remembered);
  const isSettled = memory.of(watching).wasAwaited && known.awaited === undefined;
  memory.of(watching).wasAwaited = known.awaited !== undefined;
  if (isSettled) {
    letGoOn(memory);
    tellWatchers(memory);
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
  // Only a policy that was seen in this browser session can be removed in it.
  if ((memory.of(watching).removalTold && seen) || looks >= looksUntilGone) {
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
  if (!memory.of(watching).isTimed) setTimeout(() => losePatience(memory), patienceMilliseconds);
  memory.of(watching).isTimed = true;
  // A worker that starts again minutes later does not wait again.
  return {
    policy: parsePolicy(parsed(remembered)),
    awaited: memory.of(watching).isLate || looks > 0 ? 'late' : 'soon',
  };
}

function losePatience(memory: Memory): void {
  memory.of(watching).isLate = true;
  lookAgain(memory);
  tellChanged(memory);
}

function lookAgain(memory: Memory): void {
  memory.of(watching).changes += 1;
  memory.of(watching).known.forget();
  letGoOn(memory);
}

function letGoOn(memory: Memory): void {
  const all = memory.of(watching).waiting;
  memory.of(watching).waiting = [];
  for (const goOn of all) goOn();
}

function tellWatchers(memory: Memory): void {
  for (const watcher of memory.of(watching).watchers) watcher();
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Firefox rejects if the browser isn't managed. Any other rejection means the policy cannot be read. */
function nothingManaged(error: unknown): Record<string, unknown> | undefined {
  return /manifest not found/i.test(error instanceof Error ? error.message : '') ? {} : undefined;
}

const isNothing = (managed: unknown): boolean =>
  managed !== undefined && Object.keys(managed as object).length === 0;
