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

/**
 * Drops every secret that is held: the logins in memory, and the profiles that were written in this session of the
 * browser. Bindings and settings stay. Failure: the first that kept a profile from being removed.
 */
export async function forgetEverything(): Promise<Result<void>> {
  const [logins, runs] = await Promise.all([readLogins(), readChainRuns()]);
  const written = logins.flatMap(({ sessions }) => sessions.flatMap(profileOf));
  const chained = runs.filter(wasWritten).map(({ profile }) => profile);
  await changeLogins((all) => {
    all.length = 0;
  });
  await forgetRuns(...runs.map(({ profile }) => profile));
  return removeProfiles([...written, ...chained]);
}

/**
 * Drops the credentials of one role, the profile that they were written to if it is still this role's, and what was
 * assumed from it; the login too when no other role of it is of use. Its binding stays.
 */
export async function forgetRole(loginId: string, role: Role): Promise<Result<void>> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (login === undefined || session === undefined) return ok(undefined);
  const written = await stillOf(login, session);
  const runs = (await readChainRuns()).filter(
    (run) => run.loginId === loginId && sameRole(run.role, role) && wasWritten(run),
  );
  await changeLogins((logins) => {
    const found = logins.find(({ id }) => id === loginId);
    if (found === undefined) return;
    found.sessions = found.sessions.filter((other) => !sameRole(other.role, role));
    const hasMore = found.roles.length > 1 && Date.now() < found.redeemBefore;
    if (found.sessions.length === 0 && !hasMore) logins.splice(logins.indexOf(found), 1);
  });
  const chained = runs.map(({ profile }) => profile);
  await forgetRuns(...chained);
  return removeProfiles([...written, ...chained]);
}

const wasWritten = ({ endsAt }: ChainRun): boolean => endsAt !== undefined;

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
