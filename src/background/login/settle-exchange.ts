import { sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { isSameContainer } from '../../core/profile/binding.ts';
import {
  type DeliveryOrder,
  findLogin,
  type Login,
  type Logins,
  type ReadySession,
  type RoleSession,
  sessionOf,
} from '../state/login.ts';
import { changeSession, dropSessions } from '../state/login-changes.ts';

/** What came of asking STS for a role of a login. */
export interface Answer {
  readonly login: Login;
  readonly session: RoleSession;
}

/**
 * The logins with the answer of STS, on its way to where the user ordered it while STS was being asked, or else to
 * `bound`. `undefined` where the role was forgotten meanwhile, or a newer login took its place.
 */
export function settleExchange(
  logins: Logins,
  { login: { id }, session }: Answer,
  bound?: DeliveryOrder,
): Logins | undefined {
  const before = sessionOf(findLogin(logins, id), session.role);
  if (before === undefined || before.step === 'forgotten') return undefined;
  const order = (before.step === 'exchanging' ? before.order : undefined) ?? bound;
  const settled = order === undefined ? session : withOrder(session, order);
  return changeSession(logins, { loginId: id, role: session.role }, () => settled);
}

function withOrder(session: RoleSession, order: DeliveryOrder): RoleSession {
  if (session.step === 'ready') return { ...session, delivery: { step: 'writing', ...order } };
  if (session.step !== 'failed') return session;
  const isAwaited = session.failure.code === 'policy-awaited';
  return { ...session, profile: order.profile, ...(isAwaited ? { order } : {}) };
}

/**
 * The logins without sessions that newer credentials replace: of older logins with the same issuer, container and role,
 * under the same session name. `namesChange`: the issuer gives a new name to each login, so names are not compared.
 * What was forgotten stays known while it is in the file. `now` in milliseconds since the epoch.
 */
export function dropReplaced(
  logins: Logins,
  { login: newer, session: { role, principalArn } }: { login: Login; session: ReadySession },
  namesChange: boolean,
  now: number,
): Logins {
  const position = logins.findIndex(({ id }) => id === newer.id);
  const older = new Set(logins.slice(position + 1).map(({ id }) => id));
  const given = sessionNameOf(principalArn);
  const isReplaced = (session: RoleSession, login: Login): boolean =>
    older.has(login.id) &&
    login.issuer === newer.issuer &&
    isSameContainer(login, newer) &&
    session.step !== 'forgotten' &&
    sameRole(session.role, role) &&
    (namesChange || isOfName(given, login, session));
  return dropSessions(logins, isReplaced, now);
}

/**
 * Whether an older session is of this name. Until STS has told its name the login says it; where only STS can read
 * the login, its answer is awaited.
 */
function isOfName(given: string, { sessionName }: Login, session: RoleSession): boolean {
  if (session.step === 'ready') return sessionNameOf(session.principalArn) === given;
  return sessionName === undefined ? session.step === 'failed' : sessionName === given;
}
