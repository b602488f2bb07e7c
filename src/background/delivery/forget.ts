import type { Role } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { pauseWriting } from '../rules/pause.ts';
import { dropChainRuns } from '../state/chain-runs.ts';
import { happening, noteForGood } from '../state/history.ts';
import {
  findSession,
  isBeingForgotten,
  isOpen,
  isSameKey,
  type Login,
  type Logins,
  type RoleSession,
  type SessionKey,
} from '../state/login.ts';
import { changeAllSessions, changeSession, dropSessions } from '../state/login-changes.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { readWrittenProfiles, type WrittenProfile } from '../state/written-profiles.ts';
import { removeProfiles } from './remove-profiles.ts';

/** Which sessions are forgotten. */
type Meant = (key: SessionKey) => boolean;

/**
 * Drops every secret that is held: the logins in memory, and the profiles that were written in this session of the
 * browser, or are being written. Bindings and settings stay, but nothing is written by itself until the user acts
 * again. Failures: the first that kept a profile from being removed; `unexpected` where the pause could not be stored.
 */
export async function forgetEverything(memory: Memory): Promise<Result<void>> {
  // Begun first, so that a login which comes meanwhile is not written either.
  const paused = pauseWriting(memory).then(
    () => ok(undefined),
    () => failed(failure('unexpected', { where: 'browser-storage' })),
  );
  const forgotten = await forget(memory, withoutSecrets, () => true);
  return forgotten.ok ? paused : forgotten;
}

const withoutSecrets = (logins: Logins): Logins =>
  logins
    .filter(({ sessions }) => sessions.length > 0)
    .map((login) => ({
      ...login,
      response: undefined,
      redeemBefore: 0,
      sessions: login.sessions.map(forgotten),
    }));

/**
 * Drops the credentials of one role, every profile that still has them, and what was assumed from it, also where that
 * is just being done; the login too when no other role of it is of use. Its binding stays. Failure: the first that kept
 * a profile from being removed.
 */
export function forgetRole(memory: Memory, loginId: string, role: Role): Promise<Result<void>> {
  const key = { loginId, role };
  return forget(
    memory,
    (logins) => changeSession(logins, key, forgotten),
    (other) => isSameKey(other, key),
  );
}

/** Goes on with what a stop of the worker interrupted. */
export async function resumeForgetting(memory: Memory): Promise<void> {
  const begun = (await readLogins(memory)).flatMap(({ id, sessions }) =>
    sessions.filter(isBeingForgotten).map(({ role }) => ({ loginId: id, role })),
  );
  if (begun.length === 0) return;
  await inTurn(memory, () => takeOut(memory, (key) => begun.some((one) => isSameKey(one, key))));
}

const forgotten = ({ role }: RoleSession): RoleSession => ({ role, step: 'forgotten' });

/**
 * Drops at once what is in memory, and takes out of the file, in turn, what was written there of the same sessions.
 * The sessions keep their places until that is done, or to say why it could not be.
 */
async function forget(
  memory: Memory,
  drop: (logins: Logins) => Logins,
  isMeant: Meant,
): Promise<Result<void>> {
  const dropped = changeLogins(memory, drop);
  const [result] = await Promise.all([
    inTurn(memory, () => dropped.then(() => takeOut(memory, isMeant))),
    dropped,
  ]);
  return result;
}

async function takeOut(memory: Memory, isMeant: Meant): Promise<Result<void>> {
  const logins = await readLogins(memory);
  const isHeld = (key: SessionKey) => (findSession(logins, key)?.step ?? 'forgotten') !== 'forgotten';
  await dropChainRuns(memory, (run) => isMeant(run) && !isHeld(run));
  const removals = await removeProfiles(memory, (await readWrittenProfiles(memory)).filter(isMeant));
  const left = removals.flatMap(({ result, ...one }) =>
    result.ok ? [] : [{ ...one, failure: result.failure }],
  );
  await changeLogins(memory, (all) => settle(all, isMeant, left));
  await noteForGood(
    memory,
    ...removals.map(({ profile, result }) =>
      happening('forget', { profile, ...(result.ok ? {} : { failure: result.failure }) }),
    ),
  );
  return left[0] === undefined ? ok(undefined) : failed(left[0].failure);
}

/** Drops what was forgotten; of what is still in the file it keeps why. */
function settle(
  logins: Logins,
  isMeant: Meant,
  left: readonly (WrittenProfile & { failure: Failure })[],
): Logins {
  const isSettled = (session: RoleSession, { id }: Login) =>
    session.step === 'forgotten' && isMeant({ loginId: id, role: session.role });
  const leftOf = (session: RoleSession, { id }: Login) =>
    left.find((one) => isSameKey(one, { loginId: id, role: session.role }));
  const rest = dropSessions(
    logins,
    (session, login) => isSettled(session, login) && leftOf(session, login) === undefined,
    Date.now(),
    (login, now) => login.roles.length > 1 && isOpen(login, now),
  );
  return changeAllSessions(rest, (session, login) => {
    const one = isSettled(session, login) ? leftOf(session, login) : undefined;
    if (one === undefined) return session;
    const { profile, failure } = one;
    return { role: session.role, step: 'forgotten', left: { profile, failure } };
  });
}
