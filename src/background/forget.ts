import { failed, ok, type Result } from '../core/result.ts';
import { type Role, sameRole } from '../core/role.ts';
import { dropChainRuns } from './chain-runs.ts';
import { type Happening, noteForGood } from './history.ts';
import { dropHolders, type Holder, isSameSource, readHolders, type Source } from './holders.ts';
import { askHost } from './host-port.ts';
import { refreshHostProfiles } from './host-profiles.ts';
import type { Login } from './login.ts';
import { changeLogins, readLogins } from './login-store.ts';
import { inTurn } from './write-profiles.ts';

/**
 * Drops every secret that is held: the logins in memory, and the profiles that were written in this session of the
 * browser, or are being written. Bindings and settings stay. Failure: the first that kept a profile from being removed.
 */
export const forgetEverything = (): Promise<Result<void>> =>
  forget(
    (logins) => logins.splice(0),
    () => true,
  );

/**
 * Drops the credentials of one role, every profile that still has them, and what was assumed from it, also where that
 * is just being done; the login too when no other role of it is of use. Its binding stays.
 */
export const forgetRole = (loginId: string, role: Role): Promise<Result<void>> =>
  forget(
    (logins) => {
      const login = logins.find(({ id }) => id === loginId);
      if (login === undefined) return;
      login.sessions = login.sessions.filter((other) => !sameRole(other.role, role));
      const hasMore = login.roles.length > 1 && Date.now() < login.redeemBefore;
      if (login.sessions.length === 0 && !hasMore) logins.splice(logins.indexOf(login), 1);
    },
    (source) => isSameSource(source, { loginId, role }),
  );

/** Drops at once what is in memory, and out of the file, in turn, what was written there of these sources before. */
async function forget(
  drop: (logins: Login[]) => void,
  isMeant: (source: Source) => boolean,
): Promise<Result<void>> {
  const dropped = changeLogins(drop);
  const [result] = await Promise.all([inTurn(() => dropped.then(() => takeOut(isMeant))), dropped]);
  return result;
}

async function takeOut(isMeant: (source: Source) => boolean): Promise<Result<void>> {
  const logins = await readLogins();
  const held = logins.flatMap(({ id, sessions }) => sessions.map(({ role }) => ({ loginId: id, role })));
  await dropChainRuns((run) => isMeant(run) && !held.some((other) => isSameSource(run, other)));
  const holders = (await readHolders()).filter(isMeant);
  const results = await removeProfiles(holders);
  return results.find((result) => !result.ok) ?? ok(undefined);
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
  await noteForGood(
    ...holders.map(({ profile }, index) => happeningOf(profile, results[index] ?? ok(undefined))),
  );
  return results;
}

const happeningOf = (profile: string, result: Result<void>): Happening => ({
  what: 'forget',
  profile,
  ...(result.ok ? { outcome: 'done' } : { outcome: 'failed', failure: result.failure }),
});
