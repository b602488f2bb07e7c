import { parseRoleArn, providerName, type Role } from '../../core/aws/role.ts';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { rememberRole } from '../rules/role-memory.ts';
import { type DeliveryOrder, findLogin, type Login, type Logins, sessionOf } from '../state/login.ts';
import { addRoles, changeLogin } from '../state/login-changes.ts';
import { loginsStored, readLogins, updateLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { orderDelivery, startExchange, startExchanges } from './start-exchange.ts';
import { takeFurther } from './take-further.ts';

/**
 * Asks STS for the credentials of a role of a login, and delivers them if the role is bound. Does nothing
 * for a role that STS was asked for already, unless it refused or the role was forgotten since. Failures: of the
 * exchange and the delivery.
 */
export const obtain = (memory: Memory, loginId: string, role: Role): Promise<Result<void>> =>
  obtainAll(memory, loginId, [role]);

/** The same for several roles, whose profiles are written together. Each keeps its own failure. */
export async function obtainAll(
  memory: Memory,
  loginId: string,
  roles: readonly Role[],
): Promise<Result<void>> {
  const started = await change(memory, loginId, (login) => startExchanges(login, roles), []);
  return started.length > 0 ? takeFurther(memory, loginId, started) : ok(undefined);
}

/** Adds a role that the user named to an encrypted login, and asks STS for it. Failures: `role-arn-invalid`, and as above. */
export async function nameRole(memory: Memory, loginId: string, role: Role): Promise<Result<void>> {
  const isRole = parseRoleArn(role.roleArn) !== undefined && providerName(role.providerArn) !== undefined;
  if (!isRole) return failed(failure('role-arn-invalid'));
  await change(
    memory,
    loginId,
    (login) => [login.encrypted ? addRoles(login, [role]) : login, undefined],
    undefined,
  );
  const obtained = await obtain(memory, loginId, role);
  const logins = await readLogins(memory);
  const login = findLogin(logins, loginId);
  const isReady = sessionOf(login, role)?.step === 'ready';
  if (login?.encrypted && isReady) await rememberRole(memory, login.issuer, role);
  return obtained;
}

/** A role, its profile, and the profile's region. */
type Wanted = { role: Role } & Pick<DeliveryOrder, 'profile' | 'region'>;

/**
 * Takes several roles of a login to the profiles that the user gave them: STS is asked for those that it was not
 * asked for, then all are written in one go. What became of each is kept with the login. Failure:
 * `credentials-expired`, where the login has none of these roles.
 */
export async function saveMany(
  memory: Memory,
  loginId: string,
  wanted: readonly Wanted[],
): Promise<Result<void>> {
  const ordered = await change(memory, loginId, (login) => orderAll(login, wanted), undefined);
  if (ordered === undefined || !ordered.isKnown) return failed(failure('credentials-expired'));
  await takeFurther(memory, loginId, ordered.roles);
  return ok(undefined);
}

/** The login with all orders, the roles that can go on with theirs, and whether it has any of them at all. */
function orderAll(login: Login, wanted: readonly Wanted[]) {
  const roles: Role[] = [];
  let after = login;
  for (const { role, ...order } of wanted) {
    const started = startExchange(after, role, order);
    const [ordered, isReady] = started ? ([started, true] as const) : orderDelivery(after, role, order);
    if (isReady) roles.push(role);
    after = ordered;
  }
  const isKnown = wanted.some(({ role }) => sessionOf(after, role) !== undefined);
  return [after, { roles, isKnown }] as const;
}

/** Replaces a login; resolves when that is stored, with what `next` gives, or `otherwise` where there is no such login. */
async function change<T>(
  memory: Memory,
  loginId: string,
  next: (login: Login) => readonly [Login, T],
  otherwise: T,
): Promise<T> {
  const answer = await updateLogins(memory, (logins): readonly [Logins, T] => {
    const login = findLogin(logins, loginId);
    if (login === undefined) return [logins, otherwise];
    const [after, given] = next(login);
    return [changeLogin(logins, loginId, () => after), given];
  });
  await loginsStored(memory);
  return answer;
}
