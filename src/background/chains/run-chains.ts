import { type Role, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import type { Credentials } from '../../core/profile/credentials.ts';
import type { ProfileWrite } from '../../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { sideBySide } from '../../core/side-by-side.ts';
import { assumeRole } from '../../core/sts/assume-role.ts';
import { stsRegion } from '../../core/sts/sts-region.ts';
import { inTurn, type Remarks, sourceOfWrite, writeProfiles } from '../profiles/write-profiles.ts';
import { chainRefusal } from '../rules/binding-refusal.ts';
import { type Binding, isOfName, keyOf, readBindings } from '../rules/bindings.ts';
import { isPolicyMissing, isTransient } from '../rules/is-transient.ts';
import { readPolicy } from '../rules/policy.ts';
import { readSettings } from '../settings/settings.ts';
import { type ChainRun, putChainRuns, readChainRuns, settleChainRuns } from '../state/chain-runs.ts';
import { type Chain, readChains } from '../state/chains.ts';
import { tellChanged } from '../state/changes.ts';
import { happening, noteForGood } from '../state/history.ts';
import { type Login, profileWith, type ReadySession, type RoleSession } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';

/** AWS gives a role that is assumed from another role an hour at most, whatever the role's own maximum is. */
const chainedSeconds = 3600;

/** A role of a login that was written to a profile. */
interface Written {
  loginId: string;
  role: Role;
  order: { profile: string };
}

/** Notes every second role whose source was just written, to be assumed. */
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

/** Assumes a second role that was just set, if its source is written. */
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

/** Assumes what failed since the policy had not come, or could not be read. */
export async function retryChains(): Promise<void> {
  const held = ({ step, failure: reason }: ChainRun) => step === 'failed' && isPolicyMissing(reason);
  await runChains(await begin((await readChainRuns()).filter(held)));
}

/**
 * Assumes once more, while the source's credentials last, what is about to end at `now` (ms since the epoch), or failed
 * for a reason that passes.
 */
export async function refreshChains(now: number): Promise<void> {
  if ((await readSettings()).behaviour !== 'write') return;
  const due = (await readChainRuns()).filter((one) => (refreshAt(one) ?? Number.POSITIVE_INFINITY) <= now);
  const still = await Promise.all(due.map(async (one) => ((await sourceOf(one)) ? [one] : [])));
  await runChains(await begin(still.flat()));
}

/** How long after what failed by itself it is tried again; milliseconds. */
const retryMilliseconds = 60_000;

/**
 * When a second role is to be assumed again: five sixths into its hour; a minute after it failed for a reason that
 * passes. Never by itself after any other failure.
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

/** Assumes the second roles of runs that were begun, and writes them to their profiles in one go. */
export async function runChains(runs: readonly ChainRun[]): Promise<void> {
  if (runs.length === 0) return;
  const assumed = await sideBySide(runs, async (run) => ({
    run,
    given: (await writingOff()) ?? (await assume(run)),
  }));
  const ended = await inTurn(() => writeAndSettle(assumed));
  tellChanged();
  // What fails each minute for the same reason is told once.
  const news = ended.filter((one, index) => one.failure === undefined || !isSameTrouble(one, runs[index]));
  await noteForGood(...news.map(happeningOf));
}

const isSameTrouble = (run: ChainRun, before: ChainRun | undefined): boolean =>
  run.failure?.code === before?.failure?.code;

async function writeAndSettle(
  assumed: readonly { run: ChainRun; given: Result<Assumed> }[],
): Promise<ChainRun[]> {
  const off = await writingOff();
  // While AWS was being asked, the source may have been forgotten, or the policy may have come.
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
  const refusal = await refusalOf(run);
  return refusal === undefined ? given : failed(refusal);
}

/** The refusal where the person wants nothing to be written. */
const writingOff = async () =>
  (await readSettings()).behaviour === 'never' ? failed(failure('writing-off')) : undefined;

const sourceGone = failed(failure('credentials-expired'));

interface Assumed {
  write: ProfileWrite;
  region: string;
  endsAt: number;
}

/** Assumes a second role once more, for the clipboard: none of its credentials are kept, only where it was written. */
export async function assumeAgain(profile: string): Promise<Result<Assumed>> {
  const written = (await readChainRuns()).find((one) => one.profile === profile);
  return written === undefined ? sourceGone : assume(written);
}

/** Why a second role may not be assumed and written now: the policy, `chainRefusal`, or its source is gone. */
async function refusalOf(run: ChainRun): Promise<Failure | undefined> {
  const policy = await readPolicy();
  if (!policy.ok) return policy.failure;
  const chain = (await readChains()).find(isOf(run));
  if (chain === undefined || (await sourceOf(run)) === undefined) return failure('credentials-expired');
  return chainRefusal(chain);
}

async function assume(one: ChainRun): Promise<Result<Assumed>> {
  const refusal = await refusalOf(one);
  if (refusal !== undefined) return failed(refusal);
  const [source, policy] = await Promise.all([sourceOf(one), readPolicy()]);
  if (source === undefined) return sourceGone;
  if (!policy.ok) return policy;
  const longest = policy.value.maxSessionDuration ?? chainedSeconds;
  const { region: setting } = await readSettings();
  const region = stsRegion({ roleArn: one.roleArn, setting: setting ?? source.session.region });
  const { accessKeyId, secretAccessKey, sessionToken } = source.credentials;
  const given = await assumeRole({
    roleArn: one.roleArn,
    sessionName: sessionNameOf(source.session.principalArn),
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    sessionDuration: Math.min(chainedSeconds, longest),
    fips: policy.value.fips === true,
  });
  if (!given.ok) return given;
  const { credentials, principalArn, clockOffset } = given.value;
  return ok({
    write: {
      name: one.profile,
      credentials,
      principalArn,
      ...sourceOfWrite(source.issuer, one.role),
      ...(setting === undefined ? {} : { region }),
    },
    region,
    endsAt: Date.parse(credentials.expiration) - clockOffset,
  });
}

const isOf =
  ({ profile, roleArn }: Pick<ChainRun, 'profile' | 'roleArn'>) =>
  (chain: Chain): boolean =>
    chain.profile === profile && chain.roleArn === roleArn;

interface Source {
  issuer: string;
  session: ReadySession;
  credentials: Credentials;
}

/** The credentials that a second role is assumed with: those of a login that is bound to the source, and written. */
async function sourceOf({ loginId, role, profile, roleArn }: ChainRun): Promise<Source | undefined> {
  const chain = (await readChains()).find(isOf({ profile, roleArn }));
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (chain === undefined || login === undefined || session === undefined) return undefined;
  if (!isSource(login, session, chain.source, await readBindings())) return undefined;
  const { credentials, endsAt } = session;
  return credentials !== undefined && Date.now() < endsAt
    ? { issuer: login.issuer, session, credentials }
    : undefined;
}

/**
 * Whether a role's credentials are in a file, and the profile is its own and for its session name; the profile may have
 * been called otherwise when it was written.
 */
function isSource(
  login: Login,
  session: RoleSession,
  source: string,
  bindings: readonly Binding[],
): session is ReadySession {
  if (session.step !== 'ready' || profileWith(session) === undefined) return false;
  const given = sessionNameOf(session.principalArn);
  const key = keyOf(login, session.role);
  return bindings.some(
    (binding) => binding.profile === source && isBoundBy(binding, key) && isOfName(binding, given),
  );
}

const happeningOf = ({ roleArn, profile, failure: reason }: ChainRun) =>
  happening('chain', { roleArn, profile, ...(reason ? { failure: reason } : {}) });
