import * as v from 'valibot';
import { sameRole } from '../../core/aws/role.ts';
import { roleEntries } from '../../core/aws/role-schema.ts';
import { failureSchema } from '../../core/protocol/failure-schema.ts';
import type { Memory } from './memory.ts';
import { sessionItem } from './stored-item.ts';

/** The outcome of a second role in this browser session. It holds no secrets: the role can be assumed again. */
const runSchema = v.object({
  profile: v.string(),
  roleArn: v.string(),
  /** The login and role whose credentials are used. */
  loginId: v.string(),
  role: v.object(roleEntries),
  step: v.picklist(['exchanging', 'written', 'failed']),
  startedAt: v.number(),
  /** When the credentials written last expire; milliseconds since the epoch. */
  endsAt: v.exactOptional(v.number()),
  /** Why it failed. During an automatic retry: why it failed before. */
  failure: v.exactOptional(failureSchema),
  /** Warnings of the host about the write. */
  warnings: v.exactOptional(v.array(failureSchema)),
});

export type ChainRun = v.InferOutput<typeof runSchema>;

const item = sessionItem('chainRuns', v.array(runSchema), []);

export const readChainRuns = (memory: Memory): Promise<ChainRun[]> => item.read(memory);

/** Replaces the runs of the same profiles. */
export const putChainRuns = (memory: Memory, ...runs: ChainRun[]): Promise<void> =>
  item.change(memory, (before) => [
    ...before.filter(({ profile }) => !runs.some((run) => run.profile === profile)),
    ...runs,
  ]);

/** Stores each outcome, except of runs that were dropped or replaced meanwhile. */
export const settleChainRuns = (memory: Memory, ...ended: ChainRun[]): Promise<void> =>
  item.change(memory, (runs) => runs.map((run) => ended.find((one) => isSameRun(one, run)) ?? run));

/** The profile may have been given to another second role since, or to the same one with another source. */
const isSameRun = (a: ChainRun, b: ChainRun): boolean =>
  a.profile === b.profile && a.roleArn === b.roleArn && a.loginId === b.loginId && sameRole(a.role, b.role);

export const dropChainRuns = (memory: Memory, drop: (run: ChainRun) => boolean): Promise<void> =>
  item.change(memory, (runs) => runs.filter((run) => !drop(run)));

/** Forgets what became of the second roles of these profiles: the profile, or the chain to it, is gone. */
export const forgetRuns = (memory: Memory, ...profiles: string[]): Promise<void> =>
  dropChainRuns(memory, ({ profile }) => profiles.includes(profile));
