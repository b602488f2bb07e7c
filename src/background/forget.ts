import { failed, ok, type Result } from '../core/result.ts';
import { type Role, sameRole } from '../core/role.ts';
import { isBoundBy, keyOf, readBindings } from './bindings.ts';
import { type ChainRun, readChainRuns } from './chain-runs.ts';
import { type Happening, noteForGood } from './history.ts';
import { askHost } from './host-port.ts';
import { refreshHostProfiles } from './host-profiles.ts';
import type { Login, RoleSession } from './login.ts';
import { changeLogins, readLogins } from './login-store.ts';
import { forgetRuns } from './run-chains.ts';
import { holders, inTurn } from './write-profiles.ts';

/**
 * Drops every secret that is held: the logins in memory, and the profiles that were written in this session of the
 * browser, or are being written. Bindings and settings stay. Failure: the first that kept a profile from being removed.
 */
export async function forgetEverything(): Promise<Result<void>> {
  const sessions: RoleSession[] = [];
  await changeLogins((all) => {
    sessions.push(...all.splice(0).flatMap((login) => login.sessions));
  });
  return inTurn(async () => removeProfiles([...sessions.flatMap(profileOf), ...(await letGo())]));
}

/**
 * Drops the credentials of one role, the profile that they were written to if it is still this role's, and what was
 * assumed from it, also where that is just being done; the login too when no other role of it is of use. Its binding
 * stays.
 */
export async function forgetRole(loginId: string, role: Role): Promise<Result<void>> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (login === undefined || session === undefined) return ok(undefined);
  await changeLogins((logins) => {
    login.sessions = login.sessions.filter((other) => !sameRole(other.role, role));
    const hasMore = login.roles.length > 1 && Date.now() < login.redeemBefore;
    if (login.sessions.length === 0 && !hasMore && logins.includes(login))
      logins.splice(logins.indexOf(login), 1);
  });
  return inTurn(async () =>
    removeProfiles([...(await stillOf(login, session)), ...(await letGo({ loginId, role }))]),
  );
}

/** The role of a login that credentials are of. */
type Source = Pick<ChainRun, 'loginId' | 'role'>;

const isSameSource = (a: Source, b: Source): boolean => a.loginId === b.loginId && sameRole(a.role, b.role);

/**
 * Lets go of all second roles and writes, or of one source's, whose credentials are held no more. Gives the profiles
 * that these are in.
 */
async function letGo(of?: Source): Promise<string[]> {
  const [logins, runs] = await Promise.all([readLogins(), readChainRuns()]);
  const held = logins.flatMap(({ id, sessions }) => sessions.map(({ role }) => ({ loginId: id, role })));
  const gone = [...runs, ...holders.values()].filter(
    (one) => isSameSource(one, of ?? one) && !held.some((other) => isSameSource(one, other)),
  );
  await forgetRuns(...gone.map(({ profile }) => profile));
  for (const { profile } of gone) holders.delete(profile);
  return gone.flatMap(({ profile, endsAt }) => (endsAt === undefined ? [] : [profile]));
}

const profileOf = (session: RoleSession): string[] =>
  session.step === 'ready' && session.delivery.step === 'written' ? [session.delivery.profile] : [];

/** The profile of a session, unless another login has taken it over since. */
async function stillOf(login: Login, session: RoleSession): Promise<string[]> {
  const key = keyOf(login, session.role);
  const bindings = await readBindings();
  return profileOf(session).filter((name) =>
    bindings.every((binding) => binding.profile !== name || isBoundBy(binding, key)),
  );
}

async function removeProfiles(names: readonly string[]): Promise<Result<void>> {
  const all = [...new Set(names)];
  const answers = await Promise.all(all.map((name) => askHost('remove-profile', { name })));
  const results = answers.map((answer) =>
    answer.ok || answer.failure.code === 'profile-not-found' ? ok(undefined) : failed(answer.failure),
  );
  if (all.length > 0) void refreshHostProfiles();
  await noteForGood(...all.map((profile, index) => happeningOf(profile, results[index] ?? ok(undefined))));
  return results.find((result) => !result.ok) ?? ok(undefined);
}

const happeningOf = (profile: string, result: Result<void>): Happening => ({
  what: 'forget',
  profile,
  ...(result.ok ? { outcome: 'done' } : { outcome: 'failed', failure: result.failure }),
});
