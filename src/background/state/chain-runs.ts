import * as v from 'valibot';
import { sameRole } from '../../core/aws/role.ts';
import { failureSchema } from '../../core/failure.ts';
import { sessionItem } from './stored-item.ts';

/** What became of a second role in this session of the browser. Holds no secret: it can be assumed again. */
const runSchema = v.object({
  profile: v.string(),
  roleArn: v.string(),
  /** The login and the role whose credentials ask. */
  loginId: v.string(),
  role: v.object({ roleArn: v.string(), providerArn: v.string() }),
  step: v.picklist(['exchanging', 'written', 'failed']),
  startedAt: v.number(),
  /** Of what was written last; milliseconds since the epoch. */
  endsAt: v.exactOptional(v.number()),
  /** Why it failed; while it is tried again by itself, why it failed before. */
  failure: v.exactOptional(failureSchema),
  /** What the host said beside what was written. */
  warnings: v.exactOptional(v.array(failureSchema)),
});

export type ChainRun = v.InferOutput<typeof runSchema>;

const item = sessionItem('chainRuns', v.array(runSchema), []);

export const readChainRuns = (): Promise<ChainRun[]> => item.read();

/** Puts runs in the place of those of the same profiles. */
export const putChainRuns = (...runs: ChainRun[]): Promise<void> =>
  item.change((before) => [
    ...before.filter(({ profile }) => !runs.some((run) => run.profile === profile)),
    ...runs,
  ]);

/** Puts what became of runs in their place, but of those that were let go of or that others took the place of meanwhile. */
export const settleChainRuns = (...ended: ChainRun[]): Promise<void> =>
  item.change((runs) => runs.map((run) => ended.find((one) => isSameRun(one, run)) ?? run));

/** The same profile can have been set to another second role since, or to the same one from another source. */
const isSameRun = (a: ChainRun, b: ChainRun): boolean =>
  a.profile === b.profile && a.roleArn === b.roleArn && a.loginId === b.loginId && sameRole(a.role, b.role);

export const dropChainRuns = (drop: (run: ChainRun) => boolean): Promise<void> =>
  item.change((runs) => runs.filter((run) => !drop(run)));

/** Forgets what became of the second roles of these profiles: the profile, or the chain to it, is gone. */
export const forgetRuns = (...profiles: string[]): Promise<void> =>
  dropChainRuns(({ profile }) => profiles.includes(profile));
