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
import { type Assumed, assume, isSource, runRefusal, sourceOf } from './assume-chain.ts';

/** A role that was written to a profile. */
interface Written {
  loginId: string;
  role: Role;
  order: { profile: string };
}

/** Starts a run for every second role whose source was just written. */
export async function beginChains(written: readonly Written[]): Promise<ChainRun[]> {
  const all = await readChains();
  return begin(
    written.flatMap(({ loginId, role, order }) =>
      all
        .filter(({ source }) => source === order.profile)
        .map(({ profile, roleArn }) => ({ profile, roleArn, loginId, role })),
    ),
  );
}

/** Assumes a second role that was just set, if its source has credentials. */
export async function runChain(chain: Chain): Promise<void> {
  const { source, profile, roleArn } = chain;
  const [logins, bindings] = await Promise.all([readLogins(), readBindings()]);
  const holders = logins.flatMap((login) =>
    login.sessions
      .filter((session) => isSource(login, session, source, bindings))
      .map(({ role }) => ({ profile, roleArn, loginId: login.id, role })),
  );
  await runChains(await begin(holders.slice(0, 1)));
}

/** Goes on with what a stop of the worker interrupted. */
export async function resumeChains(): Promise<void> {
  await runChains((await readChainRuns()).filter(({ step }) => step === 'exchanging'));
}

/** Retries what failed because the policy was missing. */
export async function retryChains(): Promise<void> {
  const held = ({ step, failure: reason }: ChainRun) => step === 'failed' && isPolicyMissing(reason);
  await runChains(await begin((await readChainRuns()).filter(held)));
}

/**
 * Assumes again what is about to expire at `now` (ms since the epoch), or failed for a transient reason, if the
 * source's credentials are still valid.
 */
export async function refreshChains(now: number): Promise<void> {
  if ((await readSettings()).behaviour !== 'write') return;
  const due = (await readChainRuns()).filter((one) => (refreshAt(one) ?? Number.POSITIVE_INFINITY) <= now);
  const still = await Promise.all(due.map(async (one) => ((await sourceOf(one)) ? [one] : [])));
  await runChains(await begin(still.flat()));
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
  wanted: readonly Pick<ChainRun, 'profile' | 'roleArn' | 'loginId' | 'role' | 'failure'>[],
): Promise<ChainRun[]> {
  if (wanted.length === 0) return [];
  const startedAt = Date.now();
  const before = await readChainRuns();
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
  await putChainRuns(...runs);
  tellChanged();
  return runs;
}

/** Assumes the second roles of these runs, and writes them to their profiles together. */
export async function runChains(runs: readonly ChainRun[]): Promise<void> {
  if (runs.length === 0) return;
  const assumed = await sideBySide(runs, async (run) => ({
    run,
    given: (await writingOff()) ?? (await assume(run)),
  }));
  const ended = await inTurn(() => writeAndSettle(assumed));
  tellChanged();
  // A failure that repeats every minute is recorded once.
  const news = ended.filter((one, index) => one.failure === undefined || !isSameTrouble(one, runs[index]));
  await noteForGood(...news.map(happeningOf));
}

const isSameTrouble = (run: ChainRun, before: ChainRun | undefined): boolean =>
  run.failure?.code === before?.failure?.code;

async function writeAndSettle(
  assumed: readonly { run: ChainRun; given: Result<Assumed> }[],
): Promise<ChainRun[]> {
  const off = await writingOff();
  // Meanwhile the source may have been forgotten, or the policy may have come.
  const looked = assumed.map(async ({ run, given }) => ({
    run,
    given: off ?? (given.ok ? await stillMeant(run, given) : given),
  }));
  const all = await Promise.all(looked);
  const outcomes = await writeProfiles(
    all.flatMap(({ run: { loginId, role, roleArn }, given }) =>
      given.ok ? [{ loginId, role, assumed: roleArn, write: given.value.write }] : [],
    ),
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
  await settleChainRuns(...ended);
  return ended;
}

async function stillMeant(run: ChainRun, given: Result<Assumed>): Promise<Result<Assumed>> {
  const refusal = await runRefusal(run);
  return refusal === undefined ? given : failed(refusal);
}

/** The refusal if the user wants nothing written. */
const writingOff = async () =>
  (await readSettings()).behaviour === 'never' ? failed(failure('writing-off')) : undefined;

const happeningOf = ({ roleArn, profile, failure: reason }: ChainRun) =>
  happening('chain', { roleArn, profile, ...(reason ? { failure: reason } : {}) });
