import { plainRole, type Role, sameOffer, sameRole } from '../../core/aws/role.ts';
import { isPolicyMissing } from '../rules/is-transient.ts';
import { type DeliveryOrder, type Login, type RoleSession, sessionOf, withDelivery } from '../state/login.ts';
import { changeSessionOf, putSession } from '../state/login-changes.ts';

/**
 * The login with STS being asked for a role. `undefined` where there is nothing to start: the login has no such role,
 * or STS was asked already and did not refuse.
 */
export function startExchange(login: Login, role: Role, order?: DeliveryOrder): Login | undefined {
  if (!login.roles.some((offered) => sameRole(offered, role))) return undefined;
  const before = sessionOf(login, role);
  if (before !== undefined && before.step !== 'failed' && before.step !== 'forgotten') return undefined;
  return putSession(login, {
    role: plainRole(role),
    step: 'exchanging',
    ...(order === undefined ? {} : { order }),
  });
}

/**
 * The login with STS being asked for each of these roles that it can be asked for, and those roles. A role that is
 * asked for in full brings its lesser ones: one assertion serves them all.
 */
export function startExchanges(login: Login, roles: readonly Role[]): readonly [Login, Role[]] {
  const started: Role[] = [];
  let after = login;
  for (const role of roles.flatMap((one) => [one, ...lesserOf(login, one)])) {
    const next = startExchange(after, role);
    if (next !== undefined) started.push(role);
    after = next ?? after;
  }
  return [after, started];
}

const lesserOf = (login: Login, role: Role): Role[] =>
  role.sessionPolicy === undefined
    ? login.roles.filter((one) => one.sessionPolicy !== undefined && sameOffer(one, role))
    : [];

/**
 * The login with an order for a role that STS was asked for already, and whether its credentials are there to be
 * written. Where STS is still being asked, whoever asked it carries out the order.
 */
export function orderDelivery(login: Login, role: Role, order: DeliveryOrder): readonly [Login, boolean] {
  const isReady = sessionOf(login, role)?.step === 'ready';
  const ordered = (session: RoleSession): RoleSession => {
    if (session.step === 'exchanging') return { ...session, order };
    return session.step === 'ready' ? withDelivery(session, { step: 'writing', ...order }) : session;
  };
  return [changeSessionOf(login, role, ordered), isReady];
}

/**
 * The login with the roles started again that were refused because the policy was missing, and all roles that can go
 * on now: those, and credentials that may have a profile.
 */
export function startWithPolicy(login: Login): readonly [Login, Role[]] {
  const free: Role[] = [];
  let after = login;
  for (const session of login.sessions) {
    const next = withPolicy(after, session);
    if (next !== undefined) free.push(session.role);
    after = next ?? after;
  }
  return [after, free];
}

function withPolicy(login: Login, session: RoleSession): Login | undefined {
  if (session.step === 'failed' && isPolicyMissing(session.failure)) {
    return startExchange(login, session.role, session.order);
  }
  if (session.step !== 'ready') return undefined;
  const { delivery } = session;
  if (delivery.step === 'none') return login;
  if (delivery.step !== 'failed' || !isPolicyMissing(delivery.failure)) return undefined;
  const next = delivery.order
    ? ({ step: 'writing', ...delivery.order } as const)
    : ({ step: 'none' } as const);
  return changeSessionOf(login, session.role, () => withDelivery(session, next));
}
