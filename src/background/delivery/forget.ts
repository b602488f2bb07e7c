import { type Role, sameRole } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { askHost } from '../host/host-port.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { writeForbidden } from '../rules/binding-refusal.ts';
import { pauseWriting } from '../rules/pause.ts';
import { type ChainRun, dropChainRuns, readChainRuns, settleChainRuns } from '../state/chain-runs.ts';
import { type Happening, noteForGood } from '../state/history.ts';
import { isBeingForgotten, type Login, profileWith, type RoleSession, setDelivery } from '../state/login.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import {
  dropHolders,
  type Holder,
  isSameSource,
  readHolders,
  type Source,
} from '../state/written-profiles.ts';

/**
 * Drops every secret that is held: the logins in memory, and the profiles that were written in this session of the
 * browser, or are being written. Bindings and settings stay, but nothing is written by itself until the person acts
 * again. Failures: the first that kept a profile from being removed; `unexpected` where the pause could not be stored.
 */
export async function forgetEverything(): Promise<Result<void>> {
  // Begun first, so that a login which comes meanwhile is not written either.
  const paused = pauseWriting().then(
    () => ok(undefined),
    () => failed(failure('unexpected', { where: "the browser's storage" })),
  );
  const forgotten = await forgetAll();
  return forgotten.ok ? paused : forgotten;
}

const forgetAll = (): Promise<Result<void>> =>
  forget(
    (logins) => {
      for (const login of logins) {
        login.response = undefined;
        login.redeemBefore = 0;
        login.sessions = login.sessions.map(forgotten);
      }
      logins.splice(0, logins.length, ...logins.filter(({ sessions }) => sessions.length > 0));
    },
    () => true,
  );

/**
 * Drops the credentials of one role, every profile that still has them, and what was assumed from it, also where that
 * is just being done; the login too when no other role of it is of use. Its binding stays. Failure: as above.
 */
export const forgetRole = (loginId: string, role: Role): Promise<Result<void>> =>
  forget(
    (logins) => {
      const login = logins.find(({ id }) => id === loginId);
      if (login === undefined) return;
      login.sessions = login.sessions.map((one) => (sameRole(one.role, role) ? forgotten(one) : one));
    },
    (source) => isSameSource(source, { loginId, role }),
  );

/** Goes on with what a stop of the worker interrupted. */
export async function resumeForgetting(): Promise<void> {
  const begun = (await readLogins()).flatMap(({ id, sessions }) =>
    sessions.filter(isBeingForgotten).map(({ role }) => ({ loginId: id, role })),
  );
  if (begun.length === 0) return;
  await inTurn(() => takeOut((source) => begun.some((one) => isSameSource(one, source))));
}

const forgotten = ({ role }: RoleSession): RoleSession => ({ role, step: 'forgotten' });

/**
 * Drops at once what is in memory, and takes out of the file, in turn, what was written there of these sources before.
 * The sessions keep their places until that is done, or to say why it could not be.
 */
async function forget(
  drop: (logins: Login[]) => void,
  isMeant: (source: Source) => boolean,
): Promise<Result<void>> {
  const dropped = changeLogins(drop);
  const [result] = await Promise.all([inTurn(() => dropped.then(() => takeOut(isMeant))), dropped]);
  return result;
}

async function takeOut(isMeant: (source: Source) => boolean): Promise<Result<void>> {
  const held = (await readLogins()).flatMap(({ id, sessions }) =>
    sessions.flatMap(({ role, step }) => (step === 'forgotten' ? [] : [{ loginId: id, role }])),
  );
  await dropChainRuns((run) => isMeant(run) && !held.some((other) => isSameSource(run, other)));
  const holders = (await readHolders()).filter(isMeant);
  const results = await removeProfiles(holders);
  const left = holders.flatMap((holder, index) => {
    const result = results[index];
    return result?.ok === false ? [{ ...holder, failure: result.failure }] : [];
  });
  await changeLogins((logins) => settle(logins, isMeant, left));
  await noteForGood(
    ...holders.map(({ profile }, index) => happeningOf(profile, results[index] ?? ok(undefined))),
  );
  return left[0] === undefined ? ok(undefined) : failed(left[0].failure);
}

/** Puts why it is still in the file in the place of what was forgotten, and gives up the places of what is not. */
function settle(
  logins: Login[],
  isMeant: (source: Source) => boolean,
  left: readonly (Holder & { failure: Failure })[],
): void {
  for (const login of [...logins]) {
    const before = login.sessions.length;
    login.sessions = login.sessions.flatMap((session): RoleSession[] => {
      const source = { loginId: login.id, role: session.role };
      if (session.step !== 'forgotten' || !isMeant(source)) return [session];
      const one = left.find((other) => isSameSource(other, source));
      if (one === undefined) return [];
      const { profile, failure } = one;
      return [{ role: session.role, step: 'forgotten', left: { profile, failure } }];
    });
    const hasMore = login.roles.length > 1 && Date.now() < login.redeemBefore;
    if (before > 0 && login.sessions.length === 0 && !hasMore) logins.splice(logins.indexOf(login), 1);
  }
}

/**
 * Takes out of the file what was written in this session of the browser and the policy forbids now, second roles
 * included. Why it went, or why it could not, is said where it was shown before, and in the history.
 */
export const takeOutForbidden = (policy: Policy): Promise<void> =>
  inTurn(async () => {
    const forbidden = (await readHolders()).flatMap((holder) => {
      const reason = reasonAgainst(policy, holder);
      return reason === undefined ? [] : [{ ...holder, reason }];
    });
    if (forbidden.length === 0) return;
    const results = await removeProfiles(forbidden);
    const ended = forbidden.map((one, index): TakenOut => {
      const result = results[index] ?? ok(undefined);
      return { ...one, isOut: result.ok, reason: result.ok ? one.reason : result.failure };
    });
    await changeLogins((logins) => {
      for (const one of ended.filter(({ assumed }) => assumed === undefined)) sayTakenOut(logins, one);
    });
    const runs = await readChainRuns();
    await settleChainRuns(
      ...runs.flatMap((run) => {
        const one = ended.find(({ profile, assumed }) => profile === run.profile && assumed === run.roleArn);
        return one ? [withoutCredentials(run, one)] : [];
      }),
    );
    await noteForGood(
      ...ended.map(
        ({ profile, isOut, reason }): Happening => ({
          what: 'forget',
          profile,
          outcome: isOut ? 'done' : 'failed',
          failure: reason,
        }),
      ),
    );
  });

type TakenOut = Holder & { isOut: boolean; reason: Failure };

const reasonAgainst = (policy: Policy, { issuer, role, assumed }: Holder): Failure | undefined =>
  writeForbidden(policy, issuer, role.roleArn) ??
  (assumed === undefined ? undefined : writeForbidden(policy, issuer, assumed));

/** Credentials that may still be copied stay in memory. */
function sayTakenOut(logins: readonly Login[], { loginId, role, profile, isOut, reason }: TakenOut): void {
  const login = logins.find(({ id }) => id === loginId);
  const index = login?.sessions.findIndex((one) => sameRole(one.role, role)) ?? -1;
  const session = login?.sessions[index];
  if (login === undefined || session === undefined) return;
  if (session.step === 'ready' && profileWith(session) === profile) {
    setDelivery(session, { step: 'failed', profile, failure: reason });
    if (isOut) delete session.alreadyIn;
  } else if (session.step === 'failed' || session.step === 'forgotten') {
    login.sessions[index] = isOut
      ? { role, step: 'failed', profile, failure: reason }
      : { role, step: 'forgotten', left: { profile, failure: reason } };
  }
}

function withoutCredentials({ endsAt, ...run }: ChainRun, { isOut, reason }: TakenOut): ChainRun {
  const left = isOut || endsAt === undefined ? {} : { endsAt };
  return { ...run, ...left, step: 'failed', failure: reason };
}

/** Has the host remove profiles; those that it could not remove stay known. Gives what became of each, in their order. */
async function removeProfiles(holders: readonly Holder[]): Promise<Result<void>[]> {
  if (holders.length === 0) return [];
  const answers = await Promise.all(
    holders.map(({ profile }) => askHost('remove-profile', { name: profile })),
  );
  const results = answers.map((answer) =>
    answer.ok || answer.failure.code === 'profile-not-found' ? ok(undefined) : failed(answer.failure),
  );
  await dropHolders(...holders.filter((_, index) => results[index]?.ok));
  void refreshHostProfiles();
  return results;
}

const happeningOf = (profile: string, result: Result<void>): Happening => ({
  what: 'forget',
  profile,
  ...(result.ok ? { outcome: 'done' } : { outcome: 'failed', failure: result.failure }),
});
