import { type Role, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { sideBySide } from '../../core/side-by-side.ts';
import { deliverAll } from '../delivery/deliver.ts';
import type { Errand } from '../delivery/parcel.ts';
import { renewalVouched } from '../renewal/renew.ts';
import { keyOf, readBindings } from '../rules/bindings.ts';
import { readChangingNames } from '../rules/changing-names.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { happening, noteForNow } from '../state/history.ts';
import {
  findLogin,
  type Login,
  type Logins,
  type RoleSession,
  type SessionKey,
  withDelivery,
} from '../state/login.ts';
import { changeSession } from '../state/login-changes.ts';
import { changeLogins, loginsStored, readLogins, updateLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { nextTask } from '../state/next-task.ts';
import { reportTrouble } from '../state/trouble.ts';
import { boundOrder, currentOrder, readBound } from './bound-order.ts';
import { exchangeRole } from './exchange-role.ts';
import { type Answer, dropReplaced, settleExchange } from './settle-exchange.ts';

/** What is being done for each login. */
const underWay = () => new Map<string, Set<Promise<unknown>>>();

/** Resolves when all that is being done for a login now has ended, well or not. */
export async function nothingUnderWay(memory: Memory, loginId: string): Promise<void> {
  await Promise.allSettled(memory.of(underWay).get(loginId) ?? []);
}

/**
 * Takes roles of a login as far as they may go: STS is asked side by side for those that are being exchanged, then all
 * that may be written is written in one go. Failure: of the only role; of several each keeps its own.
 */
export function takeFurther(memory: Memory, loginId: string, roles: readonly Role[]): Promise<Result<void>> {
  const done = exchangeAndDeliver(memory, loginId, roles);
  const all = memory.of(underWay).get(loginId) ?? new Set();
  memory.of(underWay).set(loginId, all.add(done));
  const end = () => {
    all.delete(done);
    if (all.size === 0) memory.of(underWay).delete(loginId);
  };
  done.then(end, end);
  return done;
}

async function exchangeAndDeliver(
  memory: Memory,
  loginId: string,
  roles: readonly Role[],
): Promise<Result<void>> {
  // What is forgotten while the policy is awaited is not asked for any more.
  await readPolicy(memory);
  const answers = await exchangeAll(memory, loginId, roles);
  const [delivered] = await Promise.all([
    errandsOf(memory, loginId, roles).then((errands) => deliverAll(memory, errands)),
    // After all that is written, for the history is for people to read.
    nextTask()
      .then(() => noteForNow(memory, ...answers.map(happeningOf)))
      .catch(reportTrouble(memory)),
    settleRenewals(memory, answers).catch(reportTrouble(memory)),
  ]);
  const refusals = answers.flatMap(({ session }) =>
    session.step === 'failed' ? [failed(session.failure)] : [],
  );
  const [only, ...others] = [...refusals, ...delivered];
  await loginsStored(memory);
  return only !== undefined && others.length === 0 ? only : ok(undefined);
}

/** Asks STS for those roles that are being exchanged. Without the answers for roles that were forgotten meanwhile. */
async function exchangeAll(memory: Memory, loginId: string, roles: readonly Role[]): Promise<Answer[]> {
  const login = findLogin(await readLogins(memory), loginId);
  if (login === undefined) return [];
  const asked = sessionsOf(login, roles).filter(({ step }) => step === 'exchanging');
  const answers = await sideBySide(asked, async ({ role }) => {
    const answer = { login, session: await exchangeRole(memory, login, role) };
    return (await keepAnswer(memory, answer)) ? [answer] : [];
  });
  return answers.flat();
}

const sessionsOf = ({ sessions }: Login, roles: readonly Role[]): RoleSession[] =>
  sessions.filter((session) => roles.some((role) => sameRole(role, session.role)));

/** Keeps what STS said, in one step with where it goes; false if the role was forgotten meanwhile. */
async function keepAnswer(memory: Memory, answer: Answer): Promise<boolean> {
  const { login, session } = answer;
  if (session.step !== 'ready')
    return updateLogins(memory, (logins) => kept(logins, settleExchange(logins, answer)));
  const bound = boundOrder(login, session.role, await readBound(memory));
  const namesChange = (await readChangingNames(memory)).includes(login.issuer);
  return updateLogins(memory, (logins) => {
    const settled = settleExchange(logins, answer, bound);
    return kept(logins, settled && dropReplaced(settled, { login, session }, namesChange, Date.now()));
  });
}

const kept = (before: Logins, after: Logins | undefined) => [after ?? before, after !== undefined] as const;

/** A renewal is over when STS has vouched for its login: for a role that is bound here, so for nobody else's. */
async function settleRenewals(memory: Memory, answers: readonly Answer[]): Promise<void> {
  const bindings = await readBindings(memory);
  for (const { login, session } of answers) {
    const { issuer, renewalTab } = login;
    const isVouched =
      session.step === 'ready' && bindings.some((one) => isBoundBy(one, keyOf(login, session.role)));
    if (isVouched && renewalTab !== undefined) await renewalVouched(memory, issuer, renewalTab);
  }
}

const happeningOf = ({ login: { issuer }, session }: Answer) =>
  happening('exchange', {
    issuer,
    roleArn: session.role.roleArn,
    sessionPolicy: session.step === 'ready' ? session.sessionPolicy : session.role.sessionPolicy,
    ...(session.step === 'ready' ? { sessionName: sessionNameOf(session.principalArn) } : {}),
    ...(session.step === 'failed' ? { failure: session.failure } : {}),
  });

/** What is to be written of roles that have credentials. If the binding that ordered it is gone, it waits for the user. */
async function errandsOf(memory: Memory, loginId: string, roles: readonly Role[]): Promise<Errand[]> {
  const login = findLogin(await readLogins(memory), loginId);
  const ready = login === undefined ? [] : sessionsOf(login, roles).filter((one) => one.step === 'ready');
  if (login === undefined || ready.length === 0) return [];
  const bound = await readBound(memory);
  const orders = ready.map((session) => ({ session, order: currentOrder(login, session, bound) }));
  const unwanted = orders.filter(
    ({ session, order }) => order === undefined && session.delivery.step === 'writing',
  );
  await waitForPerson(
    memory,
    unwanted.map(({ session: { role } }) => ({ loginId, role })),
  );
  return orders.flatMap(({ session: { role }, order }) =>
    order === undefined ? [] : [{ loginId, role, order }],
  );
}

async function waitForPerson(memory: Memory, keys: readonly SessionKey[]): Promise<void> {
  if (keys.length === 0) return;
  const waiting = (session: RoleSession): RoleSession =>
    session.step === 'ready' ? withDelivery(session, { step: 'none' }) : session;
  await changeLogins(memory, (logins) => keys.reduce((all, key) => changeSession(all, key, waiting), logins));
}
