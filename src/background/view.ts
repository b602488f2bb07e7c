import { printable } from '../core/printable.ts';
import { parseRoleArn, type Role, sameRole } from '../core/role.ts';
import { type Binding, type BindingKey, isBoundBy, keyOf, readBindings } from './bindings.ts';
import { hostStatus } from './host-status.ts';
import type { Login, RoleSession } from './login.ts';
import { readLogins } from './login-store.ts';
import type { BindingView, LoginView, RoleView, View } from './messages.ts';
import { type Policy, readPolicy } from './policy.ts';
import { policyView } from './policy-view.ts';
import { type RoleMemory, readRoleMemory } from './role-memory.ts';
import { readSettings } from './settings.ts';
import { suggestProfile } from './suggest-profile.ts';

/** All that the popup shows, made from what the background knows and without any secret. */
export async function makeView(now: number): Promise<View> {
  const [logins, bindings, memory, { format }, policy] = await Promise.all([
    readLogins(),
    readBindings(),
    readRoleMemory(),
    readSettings(),
    readPolicy(),
  ]);
  const fixed = policy.ok ? policy.value : {};
  const known = { bindings, memory, policy: fixed };
  const host = hostStatus();
  return {
    logins: logins.map((login) => loginView(login, known, now)),
    format,
    bindings: bindings.map((binding) => bindingView(binding, fixed)),
    policy: policy.ok ? policyView(policy.value) : { ...policyView({}), failure: policy.failure },
    ...(host.state === 'failed' ? { hostFailure: host.failure } : {}),
  };
}

interface Known {
  bindings: readonly Binding[];
  memory: readonly RoleMemory[];
  policy: Policy;
}

function bindingView(binding: Binding, policy: Policy): BindingView {
  const arn = parseRoleArn(binding.roleArn);
  return {
    ...binding,
    issuer: printable(binding.issuer),
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? binding.roleArn,
    fixed: isFixed(policy, binding),
  };
}

const isFixed = (policy: Policy, key: BindingKey): boolean =>
  policy.profiles?.some((other) => isBoundBy(other, key)) ?? false;

function loginView(login: Login, known: Known, now: number): LoginView {
  const { id, seenAt, issuer, sessionName, sessionDuration, failure } = login;
  return {
    id,
    seenAt,
    issuer: printable(issuer),
    encrypted: login.encrypted,
    ...(login.chosenRoleArn === undefined ? {} : { chosenRoleArn: printable(login.chosenRoleArn) }),
    open: failure === undefined && now < login.redeemBefore,
    roles: login.roles.map((role) => roleView(login, role, known, now)),
    ...(sessionName === undefined ? {} : { sessionName: printable(sessionName) }),
    ...(sessionDuration === undefined ? {} : { sessionDuration }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function roleView(login: Login, role: Role, { bindings, memory, policy }: Known, now: number): RoleView {
  const arn = parseRoleArn(role.roleArn);
  const key = keyOf(login.issuer, role);
  const bound = bindings.find((binding) => isBoundBy(binding, key));
  const session = login.sessions.find((other) => sameRole(other.role, role));
  const suggestion = suggestProfile(role, bindings, policy.profileNameTemplate);
  const wish = memory.find((one) => one.issuer === login.issuer && sameRole(one, role))?.wish;
  return {
    ...role,
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? role.roleArn,
    profile: bound?.profile ?? suggestion,
    suggestion,
    fixed: isFixed(policy, key),
    ...(wish ? { wish } : {}),
    ...sessionView(session, now),
  };
}

function sessionView(
  session: RoleSession | undefined,
  now: number,
): Pick<RoleView, 'state'> & Partial<RoleView> {
  if (session === undefined) return { state: 'offered' };
  if (session.step === 'exchanging') return { state: 'exchanging' };
  if (session.step === 'failed') return { state: 'failed', failure: session.failure };
  const { endsAt, delivery, shortened } = session;
  const about = { endsAt, ...(shortened === undefined ? {} : { shortened }) };
  if (endsAt <= now) return { state: 'expired', ...about };
  switch (delivery.step) {
    case 'none':
      return { state: 'ready', ...about };
    case 'writing':
      return { state: 'saving', profile: delivery.profile, ...about };
    case 'written':
      return { state: 'saved', profile: delivery.profile, ...about };
    case 'failed':
      return { state: 'ready', profile: delivery.profile, failure: delivery.failure, ...about };
  }
}
