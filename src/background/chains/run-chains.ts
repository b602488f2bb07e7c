import type { Role } from '../../core/aws/role.ts';
import { failure } from '../../core/failure.ts';
import { failed, type Result } from '../../core/result.ts';
import { sideBySide } from '../../core/side-by-side.ts';
import { inTurn, type Remarks, writeProfiles } from '../profiles/write-profiles.ts';
import { readBindings } from '../rules/bindings.ts';
import { isPolicyMissing, isTransient } from '../rules/is-transient.ts';
import { readSettings } from '../settings/settings.ts';
import { type ChainRun, putChainRuns, readChainRuns, settleChainRuns } from '../state/chain-runs.ts';
import { type Chain, readChains } from '../state/chains.ts';
import { tellChanged } from '../state/changes.ts';
import { happening, noteForGood } from '../state/history.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { type Assumed, assume, isSource, sourceOf, stillAllowed } from './assume-chain.ts';

/** A role that was written to a profile. */
interface Written {
  loginId: string;
  role: Role;
  order: { profile: string };
}

/** Starts a run for every second role whose source was just written. */
export async function beginChains(memory: Memory, written: readonly Written[]): Promise<ChainRun[]> {
  const all = await readChains(memory);
  return begin(
    memory,
    written.flatMap(({ loginId, role, order }) =>
      all
        .filter(({ source }) => source === order.profile)
        .map(({ profile, roleArn }) => ({ profile, roleArn, loginId, role })),
    ),
  );
}

/** Assumes a second role that was just set, if its source has credentials. */
export async function runChain(memory: Memory, chain: Chain): Promise<void> {
  const { source, profile, roleArn } = chain;
  const [logins, bindings] = await Promise.all([readLogins(memory), readBindings(memory)]);
  const holders = logins.flatMap((login) =>
    login.sessions
      .filter((session) => isSource(login, session, source, bindings))
      .map(({ role }) => ({ profile, roleArn, loginId: login.id, role })),
  );
  await runChains(memory, await begin(memory, holders.slice(0, 1)));
}

/** Goes on with what a stop of the worker interrupted. */
export async function resumeChains(memory: Memory): Promise<void> {
  await runChains(
    memory,
    (await readChainRuns(memory)).filter(({ step }) => step === 'exchanging'),
  );
}

/** Retries what failed because the policy was missing. */
export async function retryChains(memory: Memory): Promise<void> {
  const held = ({ step, failure: reason }: ChainRun) => step === 'failed' && isPolicyMissing(reason);
  await runChains(memory, await begin(memory, (await readChainRuns(memory)).filter(held)));
}

/**
 * Assumes again what is about to expire at `now` (ms since the epoch), or failed for a transient reason, if the
 * source's credentials are still valid.
 */
export async function refreshChains(memory: Memory, now: number): Promise<void> {
  if ((await readSettings(memory)).behaviour !== 'write') return;
  const due = (await readChainRuns(memory)).filter(
    (one) => (refreshAt(one) ?? Number.POSITIVE_INFINITY) <= now,
  );
  const still = await Promise.all(due.map(async (one) => ((await sourceOf(memory, one)) ? [one] : [])));
  await runChains(memory, await begin(memory, still.flat()));
}

/** How long after a transient failure it is retried; milliseconds. */
const retryMilliseconds = 60_000;

/**
 * When a second role is assumed again: five sixths into its hour, or a minute after a transient failure. Never after
 * any other failure.
 */
export function refreshAt({ step, startedAt, endsAt, failure: reason }: ChainRun): number | undefined {
  if (step === 'written' && endsAt !== undefined) return endsAt - (endsAt - startedAt) / 6;
  return step === 'failed' && reason && isTransient(reason) ? startedAt + retryMilliseconds : undefined;
}

async function begin(
  memory: Memory,
  wanted: readonly Pick<ChainRun, 'profile' | 'roleArn' | 'loginId' | 'role' | 'failure'>[],
): Promise<ChainRun[]> {
  if (wanted.length === 0) return [];
  const startedAt = Date.now();
  const before = await readChainRuns(memory);
  const runs = wanted.map(({ profile, roleArn, loginId, role, failure: reason }): ChainRun => {
    const endsAt = before.find((one) => one.profile === profile)?.endsAt;
    return {
      profile,
      roleArn,
      loginId,
      role,
      step: 'exchanging',
      startedAt,
      ...(endsAt === undefined ? {} : { endsAt }),
      ...(reason === undefined ? {} : { failure: reason }),
    };
  });
  await putChainRuns(memory, ...runs);
  tellChanged(memory);
  return runs;
}

/** Assumes the second roles of these runs, and writes them to their profiles together. */
export async function runChains(memory: Memory, runs: readonly ChainRun[]): Promise<void> {
  if (runs.length === 0) return;
  const assumed = await sideBySide(runs, async (run) => ({
    run,
    given: (await writingOff(memory)) ?? (await assume(memory, run)),
  }));
  const ended = await inTurn(memory, () => writeAndSettle(memory, assumed));
  tellChanged(memory);
  // A failure that repeats every minute is recorded once.
  const news = ended.filter((one, index) => one.failure === undefined || !isSameTrouble(one, runs[index]));
  await noteForGood(memory, ...news.map(happeningOf));
}

const isSameTrouble = (run: ChainRun, before: ChainRun | undefined): boolean =>
  run.failure?.code === before?.failure?.code;

async function writeAndSettle(
  memory: Memory,
  assumed: readonly { run: ChainRun; given: Result<Assumed> }[],
): Promise<ChainRun[]> {
  const off = await writingOff(memory);
  const looked = assumed.map(async ({ run, given }) => ({
    run,
    given: off ?? (given.ok ? await stillAllowed(memory, run, given.value) : given),
  }));
  const all = await Promise.all(looked);
  const outcomes = await writeProfiles(
    memory,
    all.flatMap(({ run: { loginId, role, roleArn }, given }) => {
      if (!given.ok) return [];
      const { write, sessionPolicy } = given.value;
      return [{ loginId, role, assumed: roleArn, write, sessionPolicy }];
    }),
  );
  const ended = all.map(({ run, given }): ChainRun => {
    const outcome: Result<Remarks> | undefined = given.ok ? outcomes.shift() : given;
    const { failure: before, ...asked } = run;
    if (outcome?.ok && given.ok) {
      return { ...asked, step: 'written', endsAt: given.value.endsAt, ...outcome.value };
    }
    const reason = outcome?.ok === false ? outcome.failure : failure('host-answer-invalid');
    return { ...asked, step: 'failed', failure: reason };
  });
  await settleChainRuns(memory, ...ended);
  return ended;
}

/** The refusal if the user wants nothing written. */
const writingOff = async (memory: Memory) =>
  (await readSettings(memory)).behaviour === 'never' ? failed(failure('writing-off')) : undefined;

const happeningOf = ({ roleArn, profile, failure: reason }: ChainRun) =>
  happening('chain', { roleArn, profile, ...(reason ? { failure: reason } : {}) });
