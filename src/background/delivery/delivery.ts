import { parseRoleArn, type Role, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { beginChains, runChains } from '../chains/run-chains.ts';
import { removeMoved } from '../profiles/left-profiles.ts';
import { rebind } from '../profiles/rebind.ts';
import {
  inTurn,
  type Remarks,
  type SourcedWrite,
  sourceOfWrite,
  writeProfiles,
} from '../profiles/write-profiles.ts';
import { renewalNeedless } from '../renewal/renew.ts';
import { bindingRefusal, describeKey, readRules } from '../rules/binding-refusal.ts';
import { keyOf, learnName } from '../rules/bindings.ts';
import { lookAtPolicy, readPolicy } from '../rules/policy.ts';
import { rememberRole } from '../rules/role-memory.ts';
import { readSettings } from '../settings/settings.ts';
import { type ChainRun, forgetRuns } from '../state/chain-runs.ts';
import { removeChain } from '../state/chains.ts';
import { noteForGood, noteForNow } from '../state/history.ts';
import {
  type Delivery,
  type DeliveryOrder,
  type Login,
  profileWith,
  type RoleSession,
  setDelivery,
} from '../state/login.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';

type Ready = Extract<RoleSession, { step: 'ready' }>;

/** A role of a login that has credentials, and where they are to go. */
export interface Errand {
  loginId: string;
  role: Role;
  order: DeliveryOrder;
}

type Rules = Awaited<ReturnType<typeof readRules>>;

/** An errand on its way, with what became of it so far. */
interface Underway extends Errand {
  login: Login;
  session: Ready;
  result: Result<void>;
  /** Of what was written. */
  remarks?: Remarks;
}

/**
 * Writes the credentials of roles into profiles through the native host, all in one go. What a person ordered is
 * then bound, and second roles are assumed from what was written. How each ended is in the answer, in the same order,
 * and is kept with its login for the popup to show.
 */
export async function deliverAll(errands: readonly Errand[]): Promise<Result<void>[]> {
  if (errands.length === 0) return [];
  await waitForPolicy(errands);
  const [settings, rules, logins] = await Promise.all([readSettings(), readRules(), readLogins()]);
  const underway = errands.map((errand) => begin(errand, logins, settings, rules));
  const known = underway.filter((one) => one !== undefined);
  refuseTwins(known);
  const noted = setDeliveries(known, ({ order, result }) =>
    result.ok ? { step: 'writing', ...order } : failedDelivery(order, result.failure),
  );
  // What a binding asked for is asked for again after a stop of the worker; what a person said is not.
  if (!errands.every(({ order }) => order.byBinding)) await noted;
  const allowed = known.filter(({ result }) => result.ok);
  const chained = allowed.length > 0 ? await inTurn(() => writeAndKeep(allowed)) : [];
  await noted;
  await noteAll(known);
  const written = allowed.filter(({ result }) => result.ok);
  await removeMoved(written.map(({ login, role }) => keyOf(login, role)));
  await renewalNeedless(written.map(({ login }) => login));
  await runChains(chained);
  return underway.map((one) => one?.result ?? failed(failure('credentials-expired')));
}

/** While the policy is awaited nothing is decided; what was ordered outlasts a stop of the worker meanwhile. */
async function waitForPolicy(errands: readonly Errand[]): Promise<void> {
  if ((await lookAtPolicy()).awaited === undefined) return;
  await changeLogins((logins) => {
    for (const { loginId, role, order } of errands) {
      const login = logins.find(({ id }) => id === loginId);
      const session = login?.sessions.find((other) => sameRole(other.role, role));
      if (session?.step === 'ready') setDelivery(session, { step: 'writing', ...order });
    }
  });
  await readPolicy();
}

/** Writes the credentials of one role. */
export async function deliver(loginId: string, role: Role, order: DeliveryOrder): Promise<Result<void>> {
  const [result] = await deliverAll([{ loginId, role, order }]);
  return result ?? ok(undefined);
}

function begin(
  errand: Errand,
  logins: readonly Login[],
  settings: Settings,
  rules: Rules,
): Underway | undefined {
  const { loginId, role } = errand;
  const login = logins.find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  // The alarm that drops expired credentials comes late when the machine slept over its time.
  const serves = session?.step === 'ready' && session.credentials && Date.now() < session.endsAt;
  if (login === undefined || !serves) return undefined;
  const one = { ...errand, login, session };
  return { ...one, result: mayGo(one, settings, rules) };
}

function mayGo(
  { login, session, role, order }: Omit<Underway, 'result'>,
  { behaviour }: Settings,
  rules: Rules,
): Result<void> {
  const comer = { ...keyOf(login, role), sessionName: sessionNameOf(session.principalArn) };
  const refusal = behaviour === 'never' ? failure('writing-off') : bindingRefusal(comer, order, rules);
  return refusal ? failed(refusal) : ok(undefined);
}

/** Of several that are to go to one profile at once, the first has it. */
function refuseTwins(underway: readonly Underway[]): void {
  const first = new Map<string, Underway>();
  for (const one of underway.filter(({ result }) => result.ok)) {
    const { profile } = one.order;
    const other = first.get(profile);
    if (other === undefined) first.set(profile, one);
    else one.result = failed(failure('profile-bound-elsewhere', { profile, ...namesOf(other, one) }));
  }
}

const namesOf = (holder: Underway, other: Underway) => ({
  boundTo: describeKey(keyOf(holder.login, holder.role)),
  given: describeKey(keyOf(other.login, other.role)),
});

/** Writes, and keeps what came of it. The second roles that are to be assumed now are in the answer. */
async function writeAndKeep(underway: readonly Underway[]): Promise<ChainRun[]> {
  const [settings, rules] = await Promise.all([readSettings(), readRules()]);
  // While this waited for its turn, another login may have been given the profile.
  for (const one of underway) one.result = mayGo(one, settings, rules);
  await writeAll(
    underway.filter(({ result }) => result.ok),
    settings,
  );
  await bindAll(underway);
  await setDeliveries(underway, ({ order, result, remarks }) =>
    result.ok
      ? { step: 'written', profile: order.profile, ...remarks }
      : failedDelivery(order, result.failure),
  );
  return beginChains(underway.filter(({ result }) => result.ok));
}

async function writeAll(underway: readonly Underway[], { region }: Settings): Promise<void> {
  const logins = await readLogins();
  const held = underway.filter(({ session }) => session.credentials && holds(logins, session));
  const results = await writeProfiles(held.flatMap((one) => writeOf(one, region !== undefined)));
  for (const one of underway) {
    const result = results[held.indexOf(one)];
    // What was let go of meanwhile is not written as far as anybody else knows.
    const isHeld = result !== undefined && holds(logins, one.session);
    if (!isHeld) one.result = failed(failure('credentials-expired'));
    else if (result.ok) one.remarks = result.value;
    else one.result = result;
  }
}

const holds = (logins: readonly Login[], session: Ready): boolean =>
  logins.some(({ sessions }) => sessions.includes(session));

function writeOf({ loginId, login, role, order, session }: Underway, withRegion: boolean): SourcedWrite[] {
  const { credentials, principalArn, region } = session;
  if (credentials === undefined) return [];
  const { profile, replace, takeOver } = order;
  const write = {
    name: profile,
    credentials,
    principalArn,
    ...sourceOfWrite(login.issuer, role),
    ...(withRegion ? { region } : {}),
    ...(replace ? { replace } : {}),
    ...(takeOver ? { takeOver } : {}),
  };
  return [{ loginId, role, write }];
}

/** Strangers' logins leave nothing on the disk: only of a role that has a profile is anything remembered. */
async function bindAll(underway: readonly Underway[]): Promise<void> {
  const remember = async ({ login, role, order, session }: Underway) => {
    const { profile } = order;
    const bound = { ...keyOf(login, role), profile, sessionName: sessionNameOf(session.principalArn) };
    if (!order.byBinding) {
      // Whose second role the profile was before, that no longer knows of it.
      const chain = [removeChain(profile), forgetRuns(profile)];
      await Promise.all([rebind([bound]), ...chain]);
    }
    await learnName(bound);
    if (session.shortened) await rememberRole(login.issuer, role, { maximum: session.shortened.granted });
  };
  const written = underway.filter(({ result }) => result.ok);
  const remembered = await Promise.allSettled(written.map(remember));
  remembered.forEach(({ status }, index) => {
    const one = written[index];
    if (status === 'rejected' && one) {
      one.result = failed(failure('unexpected', { where: "the browser's storage" }));
    }
  });
}

const failedDelivery = (order: DeliveryOrder, reason: Failure): Delivery => ({
  step: 'failed',
  profile: order.profile,
  failure: reason,
  ...(reason.code === 'policy-awaited' ? { order } : {}),
});

async function setDeliveries(
  underway: readonly Underway[],
  deliveryOf: (one: Underway) => Delivery,
): Promise<void> {
  if (underway.length === 0) return;
  await changeLogins((logins) => {
    let isAny = false;
    for (const one of underway) {
      const { session } = one;
      const delivery = deliveryOf(one);
      if (!holds(logins, session) || isEqual(session.delivery, delivery)) continue;
      setDelivery(session, delivery);
      if (delivery.step === 'written') leaveProfile(logins, one, delivery.profile);
      isAny = true;
    }
    return isAny;
  });
}

/** What a profile had before is not in it any more. The login under another name, that it was for, is of no more use. */
function leaveProfile(logins: Login[], written: Underway, profile: string): void {
  for (const login of [...logins]) {
    const before = login.sessions.length;
    for (const session of [...login.sessions]) {
      const isThere = session.step === 'ready' && profileWith(session) === profile;
      if (session === written.session || !isThere) continue;
      if (session.delivery.step === 'written') session.delivery = { step: 'none' };
      delete session.alreadyIn;
      if (isUnderOtherName(login, session, written))
        login.sessions.splice(login.sessions.indexOf(session), 1);
    }
    const isUseless = login.sessions.length === 0 && before > 0 && Date.now() >= login.redeemBefore;
    if (isUseless) logins.splice(logins.indexOf(login), 1);
  }
}

const isUnderOtherName = (login: Login, { role, principalArn }: Ready, written: Underway): boolean =>
  login.issuer === written.login.issuer &&
  login.container === written.login.container &&
  sameRole(role, written.role) &&
  sessionNameOf(principalArn) !== sessionNameOf(written.session.principalArn);

const isEqual = (a: Delivery, b: Delivery): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What was refused to a login that has no profile, or under another name, is a stranger's, and stays off the disk. */
async function noteAll(known: readonly Underway[]): Promise<void> {
  const isOwn = ({ order, result }: Underway) =>
    result.ok || (order.byBinding === true && !isOfOtherName(result.failure));
  await noteForGood(...known.filter(isOwn).map(happeningOf));
  await noteForNow(...known.filter((one) => !isOwn(one)).map(happeningOf));
}

const isOfOtherName = ({ code }: Failure): boolean =>
  code === 'session-name-changed' || code === 'policy-session-name';

function happeningOf({ login, role, order, session, result }: Underway) {
  const arn = parseRoleArn(role.roleArn);
  return {
    what: 'write' as const,
    outcome: result.ok ? ('done' as const) : ('failed' as const),
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? '',
    profile: order.profile,
    issuer: printable(login.issuer),
    sessionName: printable(sessionNameOf(session.principalArn)),
    ...(result.ok ? {} : { failure: result.failure }),
  };
}
