import { parseRoleArn, type Role, sameOffer } from '../../core/aws/role.ts';
import { parseSignInHost } from '../../core/aws/sign-in-host.ts';
import { failure } from '../../core/failure.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { greetHost } from '../host/host-status.ts';
import { isOfRenewal } from '../renewal/renew.ts';
import { type Binding, keyOf, shownBindings } from '../rules/bindings.ts';
import { type RoleMemory, readRoleMemory } from '../rules/role-memory.ts';
import { readSettings } from '../settings/settings.ts';
import { happening, noteForNow } from '../state/history.ts';
import type { Login, Logins } from '../state/login.ts';
import { addRoles } from '../state/login-changes.ts';
import { loginsStored, readLogins, updateLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { nextTask } from '../state/next-task.ts';
import type { Capture } from './capture.ts';
import { newLogin } from './new-login.ts';
import { startExchanges } from './start-exchange.ts';
import { takeFurther } from './take-further.ts';

/** What is to be done about a login. */
interface Plan {
  /** STS is asked for these. */
  readonly roles: readonly Role[];
  /** Roles that the login itself does not name. */
  readonly offered: readonly Role[];
  /** What the choice on AWS's page tells of the login. */
  readonly about: Partial<Login>;
}

const noTab = -1;

/**
 * A POST to a sign-in host was seen in a tab: from here a login goes as far as it may without a person. Bound roles
 * are taken together from one assertion if the user wants that, and always when a sign-in link was opened for them.
 */
export async function loginSeen(memory: Memory, capture: Capture, tabId = noTab): Promise<void> {
  const seen = await newLogin(capture, Date.now());
  await Promise.all([takeUp(memory, seen, capture.roleIndex, tabId), tellOf(memory, seen)]);
}

/** AWS has led the POST of a login on to another sign-in host. If that one is regional, it tells the region. */
export async function loginLedOn(memory: Memory, capture: Capture): Promise<void> {
  // Without the response nobody can tell which login it is.
  if (capture.response === undefined) return;
  const seen = await newLogin(capture, Date.now());
  const nothing: Plan = { roles: [], offered: [], about: {} };
  await updateLogins(memory, (logins) => putInFront(logins, seen, nothing));
  await loginsStored(memory);
}

async function tellOf(memory: Memory, { issuer, failure }: Login): Promise<void> {
  await nextTask();
  // Starting the host takes as long as asking STS, so both are done at once.
  void greetHost(memory);
  await noteForNow(memory, happening('login', { issuer, ...(failure && { failure }) }));
}

async function takeUp(
  memory: Memory,
  seen: Login,
  roleIndex: string | undefined,
  tabId: number,
): Promise<void> {
  // Each question to the browser goes to another process and back, so they are all asked at once.
  const [isRenewal, bindings, settings, known] = await Promise.all([
    seen.failure === undefined && isOfRenewal(memory, seen.issuer, tabId),
    // What the policy holds up is decided again when the policy is there, see `exchangeRole` and `deliver`.
    shownBindings(memory),
    readSettings(memory),
    readRoleMemory(memory),
    readLogins(memory),
  ]);
  const login = isRenewal ? { ...seen, renewalTab: tabId } : seen;
  const bindingOf = (role: Role) => bindings.find((binding) => isBoundBy(binding, keyOf(login, role)));
  const together = isTogether(settings, isRenewal);
  const planned = login.encrypted
    ? planEncrypted(login, roleIndex, known)
    : planReadable(login, roleIndex, bindingOf, together);
  const plan = withLesser(planned, login, bindings, together);
  // In one step, so that no stop of the worker can come between a login and what is to be done about it.
  const started = await updateLogins(memory, (logins) => putInFront(logins, login, plan));
  // STS is asked before the login is stored: that takes longer.
  const done = started.length > 0 ? takeFurther(memory, login.id, started) : undefined;
  await nextTask();
  await Promise.all([loginsStored(memory), done]);
}

/**
 * Whether STS is asked for all bound roles of a login, whichever of them is chosen on AWS's page. The user asked for
 * a renewal, or wants profiles kept fresh; whether its roles are written by themselves is decided later.
 */
const isTogether = ({ behaviour, refreshTogether }: Settings, isRenewal: boolean): boolean =>
  isRenewal || (behaviour === 'write' && refreshTogether);

function planReadable(
  { roles }: Login,
  roleIndex: string | undefined,
  bindingOf: (role: Role) => Binding | undefined,
  together: boolean,
): Plan {
  const role = chosenRole(roles, roleIndex, (one) => bindingOf(one) !== undefined);
  // Of on-demand profiles only those in use are refreshed, which the host knows: see on-demand/serve-tools.ts.
  const bound = together
    ? roles.filter((one) => bindingOf(one)?.onDemand === undefined && bindingOf(one))
    : [];
  const isChosen = roleIndex !== undefined && roles.length > 0;
  const missing = () => failure('role-not-in-assertion', { roleArn: roleIndex?.slice(0, 200) ?? '' });
  return {
    roles: [...(role === undefined ? [] : [role]), ...bound],
    offered: [],
    about: {
      ...(isChosen ? { failure: role === undefined ? missing() : undefined } : {}),
      ...(role === undefined ? {} : { consoleRoleArn: role.roleArn }),
    },
  };
}

/**
 * The plan with the lesser roles that are bound, of all roles that the login offers. Each is asked for with its role, or
 * with all that is bound.
 */
function withLesser(plan: Plan, login: Login, bindings: readonly Binding[], together: boolean): Plan {
  const roles = [...login.roles, ...plan.offered];
  const lesser = bindings.filter(
    (one) =>
      one.sessionPolicy !== undefined &&
      isBoundBy(one, keyOf(login, one)) &&
      roles.some((role) => sameOffer(role, one)),
  );
  const bound = together ? lesser.filter(({ onDemand }) => onDemand === undefined) : [];
  return { ...plan, roles: [...plan.roles, ...bound], offered: [...plan.offered, ...lesser] };
}

/**
 * The role that was chosen on AWS's page, by its exact ARN, or the only one. Offered through two providers, it is
 * the one that is bound, else the first.
 */
function chosenRole(
  roles: readonly Role[],
  roleArn: string | undefined,
  isBound: (role: Role) => boolean,
): Role | undefined {
  if (roleArn === undefined) return roles.length === 1 ? roles[0] : undefined;
  const offered = roles.filter((role) => role.roleArn === roleArn);
  return offered.find(isBound) ?? offered[0];
}

/**
 * An encrypted assertion names no roles that we could read. The one that was chosen on AWS's page is asked for if its
 * provider is known from before. If none was chosen, those known from before are offered.
 */
function planEncrypted({ issuer }: Login, roleIndex: string | undefined, all: readonly RoleMemory[]): Plan {
  const known = all.filter((one) => one.issuer === issuer);
  if (roleIndex === undefined) return { roles: [], offered: known, about: {} };
  const account = parseRoleArn(roleIndex)?.accountId;
  const sameAccount = known.findLast(({ roleArn }) => parseRoleArn(roleArn)?.accountId === account);
  const roles =
    sameAccount === undefined ? [] : [{ roleArn: roleIndex, providerArn: sameAccount.providerArn }];
  return { roles, offered: roles, about: { chosenRoleArn: roleIndex.slice(0, 2048) } };
}

/**
 * The logins with this one in front of all others, and the roles that STS is to be asked for. One that was seen before
 * keeps what is known of it; of one that was forgotten only what is still in the file is known.
 */
function putInFront(logins: Logins, seen: Login, { roles, offered, about }: Plan): readonly [Logins, Role[]] {
  const known = logins.find(({ id }) => id === seen.id);
  const wasForgotten = known?.redeemBefore === 0;
  const login = wasForgotten ? { ...known, ...seen, sessions: known.sessions } : (known ?? seen);
  const signInHost = [seen, login].find(isRegional)?.signInHost ?? login.signInHost;
  const [started, begun] = startExchanges(addRoles({ ...login, signInHost, ...about }, offered), roles);
  return [[started, ...logins.filter(({ id }) => id !== seen.id)], begun];
}

const isRegional = ({ signInHost }: Login): boolean => parseSignInHost(signInHost)?.region !== undefined;
