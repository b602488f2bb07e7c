import { exchange } from '../core/exchange.ts';
import { type Failure, failure } from '../core/failure.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { parseRoleArn, providerName, type Role, sameRole } from '../core/role.ts';
import { stsRegion } from '../core/sts-region.ts';
import { isBoundBy, keyOf, readBindings } from './bindings.ts';
import type { Capture } from './capture.ts';
import { deliver } from './delivery.ts';
import { greetHost } from './host-status.ts';
import type { Login, RoleSession } from './login.ts';
import { changeLogins, readLogins } from './login-store.ts';
import { newLogin } from './new-login.ts';
import { forbiddenRole, readPolicy } from './policy.ts';
import { readRoleMemory, recallRole, rememberRole } from './role-memory.ts';
import { readSettings } from './settings.ts';

/** A POST to a sign-in host was seen: from here a login goes as far as it may without a person. */
export async function loginSeen(capture: Capture): Promise<void> {
  // Starting the host takes as long as asking STS, so both are done at once.
  void greetHost();
  const seen = await newLogin(capture, Date.now());
  if (seen.encrypted) {
    await encryptedLoginSeen(await note(seen), capture.roleIndex);
    return;
  }
  const role = await roleToAskFor(seen, capture.roleIndex);
  let begun = false;
  // Noted in one step with what is to be done about it, so that no stop of the worker can come between the two.
  const login = await note(seen, (noted) => {
    if (capture.roleIndex !== undefined && noted.roles.length > 0)
      noted.failure = refusalOf(role, capture.roleIndex);
    begun = role !== undefined && begin(noted, role);
  });
  if (begun && role !== undefined) await carryOn(login, role);
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
 * for a role that STS was asked for already, unless it refused.
 */
export async function obtain(loginId: string, role: Role): Promise<Result<void>> {
  let login: Login | undefined;
  await changeLogins((logins) => {
    const found = logins.find(({ id }) => id === loginId);
    if (found !== undefined && begin(found, role)) login = found;
  });
  return login === undefined ? ok(undefined) : carryOn(login, role);
}

/** Notes that STS is asked for a role of a login; false when it was already, or the login has no such role. */
function begin(login: Login, role: Role): boolean {
  if (!login.roles.some((offered) => sameRole(offered, role))) return false;
  const before = login.sessions.find((session) => sameRole(session.role, role));
  if (before !== undefined && before.step !== 'failed') return false;
  login.sessions = [...login.sessions.filter((session) => session !== before), { role, step: 'exchanging' }];
  return true;
}

/** Goes on with what a stop of the worker interrupted. To be called before anything else uses the logins. */
export async function resumeLogins(): Promise<void> {
  const all = (await readLogins()).flatMap((login) => login.sessions.map((session) => ({ login, session })));
  await Promise.all(all.map(({ login, session }) => resume(login, session)));
}

/**
 * Looks at all that is held again under a policy that has changed: what is forbidden now is dropped, and what has a
 * fixed profile now is written. Browsers may load policies only after the extension has started.
 */
export async function applyPolicy(): Promise<void> {
  const policy = await readPolicy();
  for (const login of await readLogins()) {
    for (const session of login.sessions.filter(({ step }) => step === 'ready')) {
      const { role } = session;
      const forbidden = policy.ok ? forbiddenRole(policy.value, login.issuer, role) : policy.failure;
      if (forbidden !== undefined) await setSession(login.id, { role, step: 'failed', failure: forbidden });
      else await resume(login, session);
    }
  }
}

async function resume(login: Login, session: RoleSession): Promise<void> {
  if (session.step === 'exchanging') await carryOn(login, session.role);
  if (session.step !== 'ready') return;
  const { delivery } = session;
  if (delivery.step === 'writing' && !delivery.byBinding) await deliver(login.id, session.role, delivery);
  else if (delivery.step === 'writing' || delivery.step === 'none') await deliverIfBound(login, session.role);
}

async function carryOn(login: Login, role: Role): Promise<Result<void>> {
  const session = await redeem(login, role);
  // A newer login with the same role may have put this one out of use meanwhile.
  if (!(await setSession(login.id, session))) return ok(undefined);
  if (session.step === 'failed') return failed(session.failure);
  await forgetOlder(login, role);
  return deliverIfBound(login, role);
}

async function deliverIfBound(login: Login, role: Role): Promise<Result<void>> {
  const key = keyOf(login.issuer, role);
  const binding = (await readBindings()).find((other) => isBoundBy(other, key));
  return binding === undefined
    ? ok(undefined)
    : deliver(login.id, role, { profile: binding.profile, byBinding: true });
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
  const policy = await readPolicy();
  if (!policy.ok) return refused(policy.failure);
  const forbidden = forbiddenRole(policy.value, login.issuer, role);
  if (forbidden !== undefined) return refused(forbidden);
  const [{ region: setting }, memory] = await Promise.all([readSettings(), recallRole(login.issuer, role)]);
  const region = stsRegion({
    roleArn,
    signInHost: login.signInHost,
    ...(setting === undefined ? {} : { setting }),
  });
  const most = policy.value.maxSessionDuration ?? Number.POSITIVE_INFINITY;
  const asked = login.sessionDuration ?? (memory.wish || undefined);
  const wish = asked === undefined && most >= unaskedSeconds ? undefined : Math.min(asked ?? most, most);
  const given = await exchange({
    response: login.response,
    role,
    region,
    retryUntil: login.redeemBefore,
    ...(wish === undefined ? {} : { sessionDuration: wish }),
    ...(memory.maximum === undefined ? {} : { knownMaximum: memory.maximum }),
  });
  if (!given.ok) return refused(given.failure);
  const { clockOffset, ...exchanged } = given.value;
  const endsAt = Date.parse(exchanged.credentials.expiration) - clockOffset;
  return { role, step: 'ready', region, ...exchanged, endsAt, delivery: { step: 'none' } };
}

/** Puts a login in front of all others; one that was seen before keeps what is known of it. */
async function note(seen: Login, change: (login: Login) => void = () => {}): Promise<Login> {
  let login = seen;
  await changeLogins((logins) => {
    const index = logins.findIndex(({ id }) => id === seen.id);
    login = logins[index] ?? seen;
    if (index !== -1) logins.splice(index, 1);
    logins.unshift(login);
    change(login);
  });
  return login;
}

/**
 * The role that was chosen on AWS's page, by its exact ARN, or the only one. Offered through two providers, it is
 * the one that is bound, else the first.
 */
async function roleToAskFor(login: Login, roleArn: string | undefined): Promise<Role | undefined> {
  if (roleArn === undefined) return login.roles.length === 1 ? login.roles[0] : undefined;
  const offered = login.roles.filter((role) => role.roleArn === roleArn);
  const bindings = await readBindings();
  const bound = offered.find((role) => bindings.some((one) => isBoundBy(one, keyOf(login.issuer, role))));
  return bound ?? offered[0];
}

/** Puts in what became of a session; false when there is no such session any more. */
async function setSession(loginId: string, session: RoleSession): Promise<boolean> {
  let found = false;
  await changeLogins((logins) => {
    const login = logins.find(({ id }) => id === loginId);
    const index = login?.sessions.findIndex((other) => sameRole(other.role, session.role)) ?? -1;
    if (login === undefined || index === -1) return;
    login.sessions[index] = session;
    found = true;
  });
  return found;
}

async function changeLogin(loginId: string, change: (login: Login) => void): Promise<void> {
  await changeLogins((logins) => {
    const login = logins.find(({ id }) => id === loginId);
    if (login !== undefined) change(login);
  });
}

/** Newer credentials of the same role through the same issuer make older ones useless. */
async function forgetOlder(newer: Login, role: Role): Promise<void> {
  await changeLogins((logins) => {
    const place = logins.findIndex(({ id }) => id === newer.id);
    for (const login of logins.slice(place + 1)) {
      const left = login.sessions.filter((session) => !sameRole(session.role, role));
      if (login.issuer !== newer.issuer || left.length === login.sessions.length) continue;
      login.sessions = left;
      if (left.length === 0 && Date.now() >= login.redeemBefore) logins.splice(logins.indexOf(login), 1);
    }
  });
}

/** Drops every login with all that it holds. Bindings, settings and written profiles stay. */
export async function forgetLogins(): Promise<void> {
  await changeLogins((logins) => {
    logins.length = 0;
  });
}
