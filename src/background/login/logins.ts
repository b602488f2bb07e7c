import { parseRoleArn, providerName, type Role, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { forbiddenRole, type Policy } from '../../core/policy/policy.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { sideBySide } from '../../core/side-by-side.ts';
import { exchange } from '../../core/sts/exchange.ts';
import { stsRegion } from '../../core/sts/sts-region.ts';
import { printable } from '../../core/words/printable.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { resumeChains, retryChains } from '../chains/run-chains.ts';
import { deliverAll, type Errand } from '../delivery/delivery.ts';
import { resumeForgetting, takeOutForbidden } from '../delivery/forget.ts';
import { greetHost } from '../host/host-status.ts';
import { isOfRenewal, renewalVouched } from '../renewal/renew.ts';
import { isBoundBy, keyOf, readBindings, shownBindings } from '../rules/bindings.ts';
import { readChangingNames } from '../rules/changing-names.ts';
import { isForWantOfPolicy } from '../rules/is-transient.ts';
import { readPolicy } from '../rules/policy.ts';
import { readRoleMemory, recallRole, rememberRole } from '../rules/role-memory.ts';
import { readSettings } from '../settings/settings.ts';
import { type Happening, noteForNow } from '../state/history.ts';
import { type DeliveryOrder, type Login, type RoleSession, setDelivery } from '../state/login.ts';
import { changeForNow, changeLogins, loginsStored, readLogins } from '../state/login-store.ts';
import { nextTask } from '../state/next-task.ts';
import { reportTrouble } from '../state/trouble.ts';
import type { Capture } from './capture.ts';
import { newLogin } from './new-login.ts';

/**
 * A POST to a sign-in host was seen in a tab: from here a login goes as far as it may without a person. Bound roles
 * are taken together from one assertion if the person wants that, and always when a sign-in link was opened for them.
 */
export async function loginSeen(capture: Capture, tabId = noTab): Promise<void> {
  const seen = await newLogin(capture, Date.now());
  const after = async () => {
    await nextTask();
    // Starting the host takes as long as asking STS, so both are done at once.
    void greetHost();
    await noteForNow(happeningOf(seen));
  };
  await Promise.all([takeUp(seen, capture.roleIndex, tabId), after()]);
}

async function takeUp(seen: Login, roleIndex: string | undefined, tabId: number): Promise<void> {
  // Each question to the browser is a way to another process and back, so all that can be asked at once is.
  const [isRenewal, bindings, settings] = await Promise.all([
    seen.failure === undefined && isOfRenewal(seen.issuer, tabId),
    // What is held up by the policy is decided again when it is there, see `carryOn`.
    shownBindings(),
    readSettings(),
    readLogins(),
    readRoleMemory(),
  ]);
  if (isRenewal) seen.renewalTab = tabId;
  if (seen.encrypted) {
    await encryptedLoginSeen(await note(seen), roleIndex);
    return;
  }
  const isBound = (one: Role) => bindings.some((binding) => isBoundBy(binding, keyOf(seen, one)));
  const role = roleToAskFor(seen, roleIndex, isBound);
  const together = isTogether(settings, isRenewal) ? seen.roles.filter(isBound) : [];
  let carriedOn: Promise<unknown> | undefined;
  // Noted in one step with what is to be done about it, so that no stop of the worker can come between the two; STS is
  // asked before that is stored.
  await note(seen, (login) => {
    if (roleIndex !== undefined && login.roles.length > 0) login.failure = refusalOf(role, roleIndex);
    if (role !== undefined) login.consoleRoleArn = role.roleArn;
    const begun = [...(role === undefined ? [] : [role]), ...together].filter((one) => begin(login, one));
    if (begun.length > 0) carriedOn = carryOn(seen.id, begun);
  });
  await nextTask();
  await Promise.all([loginsStored(), carriedOn]);
}

const noTab = -1;

/**
 * Whether STS is asked for all bound roles of a login, whichever of them is chosen on AWS's page. A renewal was asked
 * for by the person or is to keep profiles fresh; whether its roles are written by themselves is decided later.
 */
const isTogether = ({ behaviour, refreshTogether }: Settings, isRenewal: boolean): boolean =>
  isRenewal || (behaviour === 'write' && refreshTogether);

function happeningOf({ issuer, failure: reason }: Login): Happening {
  const about = { what: 'login' as const, ...(issuer === '' ? {} : { issuer: printable(issuer) }) };
  return reason === undefined
    ? { ...about, outcome: 'done' }
    : { ...about, outcome: 'failed', failure: reason };
}

const refusalOf = (role: Role | undefined, roleIndex: string): Failure | undefined =>
  role === undefined ? failure('role-not-in-assertion', { roleArn: roleIndex.slice(0, 200) }) : undefined;

/**
 * An encrypted assertion names no roles that we could read. The one that was chosen on AWS's page is asked for
 * if its provider is known from before; else the person is asked.
 */
async function encryptedLoginSeen(login: Login, roleIndex: string | undefined): Promise<void> {
  const known = (await readRoleMemory()).filter(({ issuer }) => issuer === login.issuer);
  const account = parseRoleArn(roleIndex ?? '')?.accountId;
  const sameAccount = known.findLast(({ roleArn }) => parseRoleArn(roleArn)?.accountId === account);
  await changeLogin(login.id, (found) => {
    found.chosenRoleArn = roleIndex?.slice(0, 2048);
    if (roleIndex === undefined) addRoles(found, known);
    else if (sameAccount) addRoles(found, [{ roleArn: roleIndex, providerArn: sameAccount.providerArn }]);
  });
  if (roleIndex !== undefined && sameAccount !== undefined) {
    await obtain(login.id, { roleArn: roleIndex, providerArn: sameAccount.providerArn });
  }
}

/** Adds a role that the person named to an encrypted login, and asks STS for it. */
export async function nameRole(loginId: string, role: Role): Promise<Result<void>> {
  const isRole = parseRoleArn(role.roleArn) !== undefined && providerName(role.providerArn) !== undefined;
  if (!isRole) return failed(failure('role-arn-invalid'));
  let issuer: string | undefined;
  await changeLogin(loginId, (login) => {
    if (!login.encrypted) return;
    addRoles(login, [role]);
    issuer = login.issuer;
  });
  const obtained = await obtain(loginId, role);
  if (issuer !== undefined && (await isReady(loginId, role))) await rememberRole(issuer, role);
  return obtained;
}

async function isReady(loginId: string, role: Role): Promise<boolean> {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  return login?.sessions.find((session) => sameRole(session.role, role))?.step === 'ready';
}

function addRoles(login: Login, roles: readonly Role[]): void {
  for (const { roleArn, providerArn } of roles) {
    const role = { roleArn, providerArn };
    if (!login.roles.some((other) => sameRole(other, role))) login.roles.push(role);
  }
}

/**
 * Asks STS for the credentials of a role of a login, and delivers them if the role is bound. Does nothing
 * for a role that STS was asked for already, unless it refused or the role was forgotten since.
 */
export async function obtain(loginId: string, role: Role): Promise<Result<void>> {
  let begun = false;
  await changeLogin(loginId, (login) => {
    begun = begin(login, role);
  });
  return begun ? carryOn(loginId, [role]) : ok(undefined);
}

/**
 * Takes several roles of a login to the profiles that the person gave them: STS is asked for those that it was not
 * asked for, then all are written in one go. What became of each is kept with the login.
 */
export async function saveMany(
  loginId: string,
  wanted: readonly { role: Role; profile: string }[],
): Promise<Result<void>> {
  const ours: Role[] = [];
  let isKnown = false;
  await changeLogin(loginId, (login) => {
    for (const { role, profile } of wanted) {
      const isOurs = begin(login, role, { profile }) || order(login, role, { profile });
      if (isOurs) ours.push(role);
      isKnown ||= login.sessions.some((session) => sameRole(session.role, role));
    }
  });
  if (!isKnown) return failed(failure('credentials-expired'));
  await carryOn(loginId, ours);
  return ok(undefined);
}

/** Notes that STS is asked for a role of a login; false when it was already, or the login has no such role. */
function begin(login: Login, role: Role, wanted?: DeliveryOrder): boolean {
  if (!login.roles.some((offered) => sameRole(offered, role))) return false;
  const before = login.sessions.find((session) => sameRole(session.role, role));
  if (before !== undefined && before.step !== 'failed' && before.step !== 'forgotten') return false;
  const { roleArn, providerArn } = role;
  login.sessions = [
    ...login.sessions.filter((session) => session !== before),
    {
      role: { roleArn, providerArn },
      step: 'exchanging',
      ...(wanted === undefined ? {} : { order: wanted }),
    },
  ];
  return true;
}

/**
 * Notes where credentials go that are there, or that STS is being asked for. True when they are there: for others
 * whoever asked STS goes on.
 */
function order(login: Login, role: Role, wanted: DeliveryOrder): boolean {
  const session = login.sessions.find((other) => sameRole(other.role, role));
  if (session?.step === 'exchanging') session.order = wanted;
  if (session?.step !== 'ready') return false;
  setDelivery(session, { step: 'writing', ...wanted });
  return true;
}

/** Goes on with what a stop of the worker interrupted. To be called before anything else uses the logins. */
export async function resumeLogins(): Promise<void> {
  const logins = await readLogins();
  await Promise.all([
    resumeForgetting(),
    ...logins.map(({ id, sessions }) =>
      carryOn(
        id,
        sessions.map(({ role }) => role),
      ),
    ),
  ]);
  await resumeChains();
}

/** Writes what is bound and has waited for the person, now that logins are written by themselves again. */
export async function writeWaiting(): Promise<void> {
  for (const { id, sessions } of await readLogins()) {
    const waiting = sessions.filter((one) => one.step === 'ready' && one.delivery.step === 'none');
    await carryOn(
      id,
      waiting.map(({ role }) => role),
    );
  }
}

/**
 * Looks at all that is held again under the policy as it is now: what is forbidden is dropped, and taken out of the
 * file where it was written in this session of the browser; what waited for the policy goes on; what has a fixed
 * profile is written. Does nothing while the policy is awaited.
 */
export async function applyPolicy(): Promise<void> {
  const policy = await readPolicy();
  if (!policy.ok && policy.failure.code === 'policy-awaited') return;
  await changeLogins((logins) => {
    const dropped = logins.map((login) => dropForbidden(login, policy));
    return dropped.includes(true);
  });
  if (!policy.ok) return;
  await takeOutForbidden(policy.value);
  await Promise.all((await readLogins()).map(({ id }) => goOn(id)));
  await retryChains();
}

/** Takes what the policy lets go further, after what is on its way already: that is looked at by whoever brings it. */
async function goOn(loginId: string): Promise<void> {
  await Promise.allSettled(underWay.get(loginId) ?? []);
  const freed: Role[] = [];
  await changeLogins((logins) => {
    const login = logins.find(({ id }) => id === loginId);
    for (const session of login?.sessions ?? []) {
      if (login && setFree(login, session)) freed.push(session.role);
    }
    return freed.length > 0;
  });
  if (freed.length > 0) await carryOn(loginId, freed);
}

/** Drops the credentials of a login that the policy forbids; false when there are none. */
function dropForbidden(login: Login, policy: Result<Policy>): boolean {
  const before = login.sessions;
  const refusalOf = (role: Role) =>
    policy.ok ? forbiddenRole(policy.value, login.issuer, role) : policy.failure;
  const after = before.map((session): RoleSession => {
    const forbidden = session.step === 'ready' ? refusalOf(session.role) : undefined;
    return forbidden === undefined ? session : { role: session.role, step: 'failed', failure: forbidden };
  });
  login.sessions = after;
  return after.some((session, index) => session !== before[index]);
}

/** Has a role go on that waited for the policy in vain. True also for credentials that may have a profile now. */
function setFree(login: Login, session: RoleSession): boolean {
  if (session.step === 'failed' && isForWantOfPolicy(session.failure)) {
    return begin(login, session.role, session.order);
  }
  if (session.step !== 'ready') return false;
  const { delivery } = session;
  if (delivery.step === 'failed' && isForWantOfPolicy(delivery.failure)) {
    setDelivery(session, delivery.order ? { step: 'writing', ...delivery.order } : { step: 'none' });
    return true;
  }
  return delivery.step === 'none';
}

/** What is being done for each login. */
const underWay = new Map<string, Set<Promise<unknown>>>();

function carryOn(loginId: string, roles: readonly Role[]): Promise<Result<void>> {
  const done = takeFurther(loginId, roles);
  const all = underWay.get(loginId) ?? new Set();
  underWay.set(loginId, all.add(done));
  const end = () => {
    all.delete(done);
    if (all.size === 0) underWay.delete(loginId);
  };
  done.then(end, end);
  return done;
}

/**
 * Takes roles of a login as far as they may go: STS is asked side by side, then all that may be written is written
 * in one go. Failure: of the only role; of several each keeps its own.
 */
async function takeFurther(loginId: string, roles: readonly Role[]): Promise<Result<void>> {
  // What is forgotten while the policy is awaited is not asked for any more.
  await readPolicy();
  const asked = await sessionsOf(loginId, roles, 'exchanging');
  const noted = await sideBySide(asked, async ({ login, session }) =>
    noteRedeemed(login, await redeem(login, session.role)),
  );
  const answers = noted.flat();
  const [delivered] = await Promise.all([
    errandsOf(loginId, roles).then(deliverAll),
    // After all that is written, for the history is for people to read.
    nextTask()
      .then(() => noteForNow(...answers.map(exchangeHappening)))
      .catch(reportTrouble),
    settleRenewals(answers).catch(reportTrouble),
  ]);
  const refusals = answers.flatMap(({ redeemed }) =>
    redeemed.step === 'failed' ? [failed(redeemed.failure)] : [],
  );
  const [only, ...others] = [...refusals, ...delivered];
  await loginsStored();
  return only !== undefined && others.length === 0 ? only : ok(undefined);
}

interface Answer {
  login: Login;
  redeemed: RoleSession;
}

/** Keeps what STS said, in one step with where it goes; nothing if the role was let go of meanwhile. */
async function noteRedeemed(login: Login, redeemed: RoleSession): Promise<Answer[]> {
  const [bound, changing] =
    redeemed.step === 'ready'
      ? [boundOrder(login, redeemed.role, await readWhereTo()), await readChangingNames()]
      : [];
  return changeForNow((logins) => {
    const kept = setSession(logins, login.id, redeemed, bound);
    // A newer login with the same role may have put this one out of use meanwhile.
    if (kept === undefined) return [];
    if (redeemed.step === 'ready')
      forgetOlder(logins, kept, redeemed, changing?.includes(login.issuer) ?? false);
    return [{ login, redeemed }];
  });
}

/** A renewal is over when STS has vouched for its login: for a role that is bound here, so for nobody else's. */
async function settleRenewals(answers: readonly Answer[]): Promise<void> {
  const bindings = await readBindings();
  for (const { login, redeemed } of answers) {
    const { issuer, renewalTab } = login;
    const isVouched =
      redeemed.step === 'ready' && bindings.some((one) => isBoundBy(one, keyOf(login, redeemed.role)));
    if (isVouched && renewalTab !== undefined) await renewalVouched(issuer, renewalTab);
  }
}

function exchangeHappening({ login: { issuer }, redeemed: { role, ...session } }: Answer): Happening {
  const arn = parseRoleArn(role.roleArn);
  return {
    what: 'exchange',
    outcome: session.step === 'failed' ? 'failed' : 'done',
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? '',
    issuer: printable(issuer),
    ...(session.step === 'ready' ? { sessionName: printable(sessionNameOf(session.principalArn)) } : {}),
    ...(session.step === 'failed' ? { failure: session.failure } : {}),
  };
}

async function sessionsOf<S extends RoleSession['step']>(loginId: string, roles: readonly Role[], step: S) {
  const login = (await readLogins()).find(({ id }) => id === loginId);
  if (login === undefined) return [];
  return login.sessions.flatMap((session) => {
    const isMeant = session.step === step && roles.some((role) => sameRole(role, session.role));
    return isMeant ? [{ login, session: session as Extract<RoleSession, { step: S }> }] : [];
  });
}

/** What is to be written of roles that are ready: as the person ordered, else as they are bound. */
async function errandsOf(loginId: string, roles: readonly Role[]): Promise<Errand[]> {
  const errands: Errand[] = [];
  const ready = await sessionsOf(loginId, roles, 'ready');
  if (ready.length === 0) return [];
  const whereTo = await readWhereTo();
  const unwanted: typeof ready = [];
  for (const { login, session } of ready) {
    const { role, delivery } = session;
    const errand = (wanted: DeliveryOrder) => errands.push({ loginId, role, order: wanted });
    if (delivery.step === 'writing' && !delivery.byBinding) {
      const { step, ...wanted } = delivery;
      errand(wanted);
    } else if (delivery.step === 'writing' || delivery.step === 'none') {
      const bound = boundOrder(login, role, whereTo);
      if (bound !== undefined) errand(bound);
      else if (delivery.step === 'writing') unwanted.push({ login, session });
    }
  }
  if (unwanted.length > 0) {
    // What a binding had ordered that stands no longer waits for the person.
    await changeLogins(() => {
      for (const { session } of unwanted) session.delivery = { step: 'none' };
    });
  }
  return errands;
}

/** What decides where credentials go without anybody's saying so. */
async function readWhereTo() {
  const [bindings, settings] = await Promise.all([readBindings(), readSettings()]);
  return { bindings, settings };
}

/** Where the credentials of a role go without anybody's saying so; `undefined` when they do not. */
function boundOrder(
  login: Login,
  role: Role,
  { bindings, settings: { behaviour } }: Awaited<ReturnType<typeof readWhereTo>>,
): DeliveryOrder | undefined {
  const binding = bindings.find((other) => isBoundBy(other, keyOf(login, role)));
  if (binding === undefined || behaviour !== 'write') return undefined;
  return { profile: binding.profile, byBinding: true };
}

/** What STS grants when no duration is asked for. */
const unaskedSeconds = 3600;

async function redeem(login: Login, role: Role): Promise<RoleSession> {
  const refused = (reason: Failure): RoleSession => ({ role, step: 'failed', failure: reason });
  if (login.response === undefined || Date.now() >= login.redeemBefore) {
    return refused(failure('assertion-expired'));
  }
  const { roleArn } = role;
  if (parseRoleArn(roleArn)?.name.startsWith('AWSReservedSSO_')) {
    return refused(failure('role-reserved', { roleArn }));
  }
  const [policy, { region: setting, sessionDuration }, memory] = await Promise.all([
    readPolicy(),
    readSettings(),
    recallRole(login.issuer, role),
  ]);
  if (!policy.ok) return refused(policy.failure);
  const forbidden = forbiddenRole(policy.value, login.issuer, role);
  if (forbidden !== undefined) return refused(forbidden);
  const region = stsRegion({
    roleArn,
    signInHost: login.signInHost,
    ...(setting === undefined ? {} : { setting }),
  });
  const most = policy.value.maxSessionDuration ?? Number.POSITIVE_INFINITY;
  // Of wish and setting 0 is to ask for nothing.
  const asked = login.sessionDuration ?? ((memory.wish ?? sessionDuration) || undefined);
  const wish = asked === undefined && most >= unaskedSeconds ? undefined : Math.min(asked ?? most, most);
  const given = await exchange({
    response: login.response,
    role,
    region,
    retryUntil: login.redeemBefore,
    fips: policy.value.fips === true,
    ...(wish === undefined ? {} : { sessionDuration: wish }),
    ...(memory.maximum === undefined ? {} : { knownMaximum: memory.maximum }),
  });
  if (!given.ok) return refused(given.failure);
  // The policy may have come or changed while AWS was being asked.
  const now = await readPolicy();
  const forbiddenNow = now.ok ? forbiddenRole(now.value, login.issuer, role) : now.failure;
  if (forbiddenNow !== undefined) return refused(forbiddenNow);
  const { clockOffset, ...exchanged } = given.value;
  const endsAt = Date.parse(exchanged.credentials.expiration) - clockOffset;
  return {
    role,
    step: 'ready',
    region,
    ...exchanged,
    endsAt,
    startedAt: Date.now(),
    delivery: { step: 'none' },
  };
}

/** Puts a login in front of all others; one that was seen before keeps what is known of it. */
function note(seen: Login, change: (login: Login) => void = () => {}): Promise<Login> {
  return changeForNow((logins) => {
    const index = logins.findIndex(({ id }) => id === seen.id);
    const login = logins[index] ?? seen;
    if (index !== -1) logins.splice(index, 1);
    logins.unshift(login);
    // Of what was forgotten nothing is known but what is in the file still.
    if (login.redeemBefore === 0) Object.assign(login, seen, { sessions: login.sessions });
    change(login);
    return login;
  });
}

/**
 * The role that was chosen on AWS's page, by its exact ARN, or the only one. Offered through two providers, it is
 * the one that is bound, else the first.
 */
function roleToAskFor(
  { roles }: Login,
  roleArn: string | undefined,
  isBound: (role: Role) => boolean,
): Role | undefined {
  if (roleArn === undefined) return roles.length === 1 ? roles[0] : undefined;
  const offered = roles.filter((role) => role.roleArn === roleArn);
  return offered.find(isBound) ?? offered[0];
}

/** Puts in what became of a session, and gives its login; `undefined` when there is no such session any more. */
function setSession(
  logins: Login[],
  loginId: string,
  session: RoleSession,
  bound?: DeliveryOrder,
): Login | undefined {
  const login = logins.find(({ id }) => id === loginId);
  const index = login?.sessions.findIndex((other) => sameRole(other.role, session.role)) ?? -1;
  const before = login?.sessions[index];
  if (login === undefined || before === undefined || before.step === 'forgotten') return undefined;
  const wanted = (before.step === 'exchanging' ? before.order : undefined) ?? bound;
  login.sessions[index] = wanted === undefined ? session : withOrder(session, wanted);
  return login;
}

/** What the person ordered while STS was being asked holds on. */
function withOrder(session: RoleSession, wanted: DeliveryOrder): RoleSession {
  if (session.step === 'ready') return { ...session, delivery: { step: 'writing', ...wanted } };
  if (session.step !== 'failed') return session;
  const order = session.failure.code === 'policy-awaited' ? { order: wanted } : {};
  return { ...session, profile: wanted.profile, ...order };
}

async function changeLogin(loginId: string, change: (login: Login) => void): Promise<void> {
  await changeLogins((logins) => {
    const login = logins.find(({ id }) => id === loginId);
    if (login !== undefined) change(login);
  });
}

type Ready = Extract<RoleSession, { step: 'ready' }>;

/**
 * Newer credentials of the same role through the same issuer, in the same container of Firefox and under the same name,
 * make older ones useless. What was forgotten stays known while it is in the file.
 */
function forgetOlder(
  logins: Login[],
  newer: Login,
  { role, principalArn }: Ready,
  namesChange: boolean,
): void {
  const given = sessionNameOf(principalArn);
  for (const login of logins.slice(logins.indexOf(newer) + 1)) {
    if (login.issuer !== newer.issuer || login.container !== newer.container) continue;
    const left = login.sessions.filter(
      (session) =>
        session.step === 'forgotten' ||
        !sameRole(session.role, role) ||
        !(namesChange || isOf(given, login, session)),
    );
    const isLast = left.length === 0 && login.sessions.length > 0;
    login.sessions = left;
    if (isLast && Date.now() >= login.redeemBefore) logins.splice(logins.indexOf(login), 1);
  }
}

/**
 * Whether an older session is useless to someone of this name: STS vouches for its own, and before that the login says
 * it. Where only STS can read it, the answer is awaited.
 */
function isOf(given: string, { sessionName }: Login, session: RoleSession): boolean {
  if (session.step === 'ready') return sessionNameOf(session.principalArn) === given;
  return sessionName === undefined ? session.step === 'failed' : sessionName === given;
}
