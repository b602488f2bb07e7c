import { assumeRole } from '../core/assume-role.ts';
import type { Credentials } from '../core/credentials.ts';
import { failure } from '../core/failure.ts';
import type { ProfileWrite } from '../core/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { parseRoleArn, type Role, sameRole } from '../core/role.ts';
import { sideBySide } from '../core/side-by-side.ts';
import { stsRegion } from '../core/sts-region.ts';
import { chainRefusal } from './binding-refusal.ts';
import { isBoundBy, keyOf, readBindings } from './bindings.ts';
import { type ChainRun, dropChainRuns, putChainRuns, readChainRuns } from './chain-runs.ts';
import { type Chain, readChains } from './chains.ts';
import { type Happening, noteForGood } from './history.ts';
import type { RoleSession } from './login.ts';
import { notifyWatchers, readLogins } from './login-store.ts';
import { readSettings } from './settings.ts';
import { writeProfiles } from './write-profiles.ts';

/** AWS gives a role that is assumed from another role an hour, whatever the role's own maximum is. */
const chainedSeconds = 3600;

/** A role of a login that was written to a profile. */
interface Written {
  loginId: string;
  role: Role;
  order: { profile: string };
}

/** Assumes every second role whose source was just written, and writes them to their profiles in one go. */
export async function runChains(written: readonly Written[]): Promise<void> {
  const all = await readChains();
  await run(
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
  const holders = (await readLogins()).flatMap(({ id, sessions }) =>
    sessions.flatMap((session) =>
      session.step === 'ready' && session.delivery.step === 'written' && session.delivery.profile === source
        ? [{ profile, roleArn, loginId: id, role: session.role }]
        : [],
    ),
  );
  await run(holders.slice(0, 1));
}

/** Goes on with what a stop of the worker interrupted. */
export async function resumeChains(): Promise<void> {
  await run((await readChainRuns()).filter(({ step }) => step === 'exchanging'));
}

/** Assumes once more, while the source's credentials last, what is about to end at `now` (ms since the epoch). */
export async function refreshChains(now: number): Promise<void> {
  if ((await readSettings()).behaviour !== 'write') return;
  const due = (await readChainRuns()).filter((one) => (refreshAt(one) ?? Number.POSITIVE_INFINITY) <= now);
  const still = await Promise.all(due.map(async (one) => ((await sourceOf(one)) ? [one] : [])));
  await run(still.flat());
}

/** When a second role is to be assumed again: five sixths into its hour; only while it was written. */
export const refreshAt = ({ step, startedAt, endsAt }: ChainRun): number | undefined =>
  step === 'written' && endsAt !== undefined ? endsAt - (endsAt - startedAt) / 6 : undefined;

async function run(wanted: readonly Pick<ChainRun, 'profile' | 'roleArn' | 'loginId' | 'role'>[]) {
  if (wanted.length === 0) return;
  const startedAt = Date.now();
  const before = await readChainRuns();
  const runs = wanted.map(({ profile, roleArn, loginId, role }): ChainRun => {
    const endsAt = before.find((one) => one.profile === profile)?.endsAt;
    return { profile, roleArn, loginId, role, step: 'exchanging', startedAt, ...(endsAt ? { endsAt } : {}) };
  });
  await put(runs);
  const assumed = await sideBySide(runs, async (one) => ({ run: one, given: await assume(one) }));
  const sound = assumed.flatMap(({ run: one, given }) => (given.ok ? [{ run: one, ...given.value }] : []));
  const outcomes = await writeProfiles(sound.map(({ write }) => write));
  const done = sound.map(({ run: one, endsAt }, index) => settled(one, endsAt, outcomes[index]));
  const lost = assumed.flatMap(({ run: one, given }) => (given.ok ? [] : [failedRun(one, given.failure)]));
  await put([...done, ...lost]);
  await noteForGood(...[...done, ...lost].map(happeningOf));
}

async function put(runs: ChainRun[]): Promise<void> {
  await putChainRuns(...runs);
  notifyWatchers();
}

const settled = (one: ChainRun, endsAt: number, outcome: Result<void> | undefined): ChainRun =>
  outcome?.ok
    ? { ...one, step: 'written', endsAt }
    : failedRun(one, outcome?.failure ?? failure('host-answer-invalid'));

const failedRun = (one: ChainRun, reason: NonNullable<ChainRun['failure']>): ChainRun => ({
  ...one,
  step: 'failed',
  failure: reason,
});

interface Assumed {
  write: ProfileWrite;
  region: string;
  endsAt: number;
}

/** Assumes a second role once more, for the clipboard: none of its credentials are kept, only where it was written. */
export async function assumeAgain(profile: string): Promise<Result<Assumed>> {
  const written = (await readChainRuns()).find((one) => one.profile === profile);
  return written === undefined ? failed(failure('credentials-expired')) : assume(written);
}

async function assume(one: ChainRun): Promise<Result<Assumed>> {
  const chain = (await readChains()).find(isOf(one));
  const source = await sourceOf(one);
  if (chain === undefined || source === undefined) return failed(failure('credentials-expired'));
  const refusal = await chainRefusal(chain);
  if (refusal !== undefined) return failed(refusal);
  const { region: setting } = await readSettings();
  const region = stsRegion({ roleArn: one.roleArn, setting: setting ?? source.session.region });
  const { accessKeyId, secretAccessKey, sessionToken } = source.credentials;
  const given = await assumeRole({
    roleArn: one.roleArn,
    sessionName: source.session.principalArn.split('/').at(-1) ?? 'roleferry',
    region,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    sessionDuration: chainedSeconds,
  });
  if (!given.ok) return given;
  const { credentials, principalArn } = given.value;
  return ok({
    write: {
      name: one.profile,
      credentials,
      principalArn,
      ...(setting === undefined ? {} : { region }),
    },
    region,
    endsAt: Date.parse(credentials.expiration) - clockOffset(source),
  });
}

const isOf =
  ({ profile, roleArn }: Pick<ChainRun, 'profile' | 'roleArn'>) =>
  (chain: Chain): boolean =>
    chain.profile === profile && chain.roleArn === roleArn;

interface Source {
  session: Extract<RoleSession, { step: 'ready' }>;
  credentials: Credentials;
}

/** How much AWS's clock is ahead of this machine's, as the login of the source has shown; milliseconds. */
const clockOffset = ({ session, credentials }: Source): number =>
  Date.parse(credentials.expiration) - session.endsAt;

/** The credentials that a second role is assumed with: those of a login that is written to the source's profile. */
async function sourceOf({ loginId, role, profile, roleArn }: ChainRun): Promise<Source | undefined> {
  const chain = (await readChains()).find(isOf({ profile, roleArn }));
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (login === undefined || session?.step !== 'ready' || session.credentials === undefined) return undefined;
  const isWritten = session.delivery.step === 'written' && session.delivery.profile === chain?.source;
  const key = keyOf(login, role);
  const isBound = (await readBindings()).some(
    (binding) => binding.profile === chain?.source && isBoundBy(binding, key),
  );
  const serves = isWritten && isBound && Date.now() < session.endsAt;
  return serves ? { session, credentials: session.credentials } : undefined;
}

function happeningOf({ roleArn, profile, step, failure: reason }: ChainRun): Happening {
  const arn = parseRoleArn(roleArn);
  return {
    what: 'chain',
    outcome: step === 'written' ? 'done' : 'failed',
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? '',
    profile,
    ...(reason === undefined ? {} : { failure: reason }),
  };
}

/** Lets go of what is known of a second role: its profile, or the chain to it, is gone. */
export const forgetRuns = (...profiles: string[]): Promise<void> =>
  dropChainRuns(({ profile }) => profiles.includes(profile));
