import { plainRole, type Role, sameRole } from '../../core/aws/role.ts';
import { isOpen, type Login, type Logins, type RoleSession, type SessionKey } from './login.ts';

/** Like `map`, but where nothing changes it gives the very array that it was given. */
export function changeEach<T>(all: readonly T[], change: (one: T) => T): readonly T[] {
  const next = all.map(change);
  return next.every((one, index) => one === all[index]) ? all : next;
}

/** Replaces one login. Without such a login, or with the same one, nothing changes. */
export const changeLogin = (logins: Logins, loginId: string, change: (login: Login) => Login): Logins =>
  changeEach(logins, (login) => (login.id === loginId ? change(login) : login));

/** Replaces each session by what `change` makes of it. */
export function changeSessions(login: Login, change: (session: RoleSession) => RoleSession): Login {
  const sessions = changeEach(login.sessions, change);
  return sessions === login.sessions ? login : { ...login, sessions };
}

/** Replaces the session of one role. */
export const changeSessionOf = (
  login: Login,
  role: Role,
  change: (session: RoleSession) => RoleSession,
): Login => changeSessions(login, (session) => (sameRole(session.role, role) ? change(session) : session));

/** Replaces one session. Without such a session, or with the same one, nothing changes. */
export const changeSession = (
  logins: Logins,
  { loginId, role }: SessionKey,
  change: (session: RoleSession) => RoleSession,
): Logins => changeLogin(logins, loginId, (login) => changeSessionOf(login, role, change));

/** Replaces the sessions of every login. */
export const changeAllSessions = (
  logins: Logins,
  change: (session: RoleSession, login: Login) => RoleSession,
): Logins => changeEach(logins, (login) => changeSessions(login, (session) => change(session, login)));

/** Puts a session in the place of the one of the same role, or adds it. */
export const putSession = (login: Login, session: RoleSession): Login => ({
  ...login,
  sessions: [...login.sessions.filter(({ role }) => !sameRole(role, session.role)), session],
});

/** Adds roles that a login does not offer yet. */
export function addRoles(login: Login, roles: readonly Role[]): Login {
  const added = roles.filter((role) => !login.roles.some((other) => sameRole(other, role)));
  return added.length === 0 ? login : { ...login, roles: [...login.roles, ...added.map(plainRole)] };
}

/**
 * Drops sessions. A login that loses its last one goes too, unless it is still of use: by default as long as AWS may
 * take its assertion at `now` (ms since the epoch).
 */
export function dropSessions(
  logins: Logins,
  isDropped: (session: RoleSession, login: Login) => boolean,
  now: number,
  isOfUse: (login: Login, now: number) => boolean = isOpen,
): Logins {
  const isAny = logins.some((login) => login.sessions.some((session) => isDropped(session, login)));
  if (!isAny) return logins;
  return logins.flatMap((login) => {
    const sessions = login.sessions.filter((session) => !isDropped(session, login));
    if (sessions.length === login.sessions.length) return [login];
    return sessions.length === 0 && !isOfUse(login, now) ? [] : [{ ...login, sessions }];
  });
}
