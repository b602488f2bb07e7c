import { parseRoleArn, type Role, sameOffer, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import { parseSignInHost } from '../../core/aws/sign-in-host.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import { takenNames } from '../../core/profile/suggest-names.ts';
import type { ConfigProfile, ProfileSummary } from '../../core/protocol/answers.ts';
import { printable } from '../../core/words/printable.ts';
import type { ChainView, LoginView, RoleView } from '../../webext/login-view.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { type Binding, isOfName, keyOf } from '../rules/bindings.ts';
import type { RoleMemory } from '../rules/role-memory.ts';
import type { Login, RoleSession } from '../state/login.ts';
import { suggestedName } from './suggested-name.ts';

export interface Known {
  bindings: readonly Binding[];
  remembered: readonly RoleMemory[];
  settings: Settings;
  policy: Policy;
  profiles: readonly ProfileSummary[];
  configProfiles: readonly ConfigProfile[];
  chains: readonly ChainView[];
}

export const isFixed = (policy: Policy, key: BindingKey): boolean =>
  policy.profiles?.some((other) => isBoundBy(other, key)) ?? false;

export function loginView(login: Login, known: Known, now: number): LoginView {
  const { id, seenAt, issuer, sessionName, sessionDuration, failure } = login;
  const taken = takenNames(known);
  const region = parseSignInHost(login.signInHost)?.region;
  return {
    id,
    seenAt,
    issuer: printable(issuer),
    encrypted: login.encrypted,
    ...(region === undefined ? {} : { region }),
    ...(login.container === undefined ? {} : { container: login.container }),
    ...(login.chosenRoleArn === undefined ? {} : { chosenRoleArn: printable(login.chosenRoleArn) }),
    ...(login.consoleRoleArn === undefined ? {} : { consoleRoleArn: login.consoleRoleArn }),
    open: failure === undefined && now < login.redeemBefore,
    roles: login.roles.map((role) => roleView(login, role, known, taken, now)),
    ...(sessionName === undefined ? {} : { sessionName: printable(sessionName) }),
    ...(sessionDuration === undefined ? {} : { sessionDuration }),
    ...(failure === undefined ? {} : { failure }),
  };
}

function roleView(
  login: Login,
  role: Role,
  { bindings, remembered, settings, policy, chains }: Known,
  taken: ReadonlySet<string>,
  now: number,
): RoleView {
  const arn = parseRoleArn(role.roleArn);
  const key = keyOf(login, role);
  const binding = bindings.find((other) => isBoundBy(other, key));
  const session = login.sessions.find((other) => sameRole(other.role, role));
  const accountId = arn?.accountId ?? '';
  const { accounts, profileNameTemplate: template } = settings;
  const naming = { taken, template, accounts };
  const suggestion = suggestedName(role, naming, wholeProfile(login, role, bindings));
  const wish = remembered.find((one) => one.issuer === login.issuer && sameOffer(one, role))?.wish;
  const shown = { profile: binding?.profile ?? suggestion, ...sessionView(session, now) };
  const names = namesOf(session, binding, policy);
  const isSaved = shown.state === 'saved' || shown.state === 'expired';
  return {
    ...role,
    accountId,
    roleName: arn?.name ?? role.roleArn,
    suggestion,
    fixed: isFixed(policy, key),
    bound: binding?.profile === shown.profile && names.expectedName === undefined,
    chained: isSaved ? chains.filter(({ source }) => source === binding?.profile) : [],
    ...(binding?.onDemand ? { onDemand: true as const } : {}),
    ...(wish === undefined ? {} : { wish }),
    ...shown,
    ...names,
  };
}

/** The profile of the same role with all its rights, if that is bound. */
const wholeProfile = (login: Login, { sessionPolicy: _, ...whole }: Role, bindings: readonly Binding[]) =>
  bindings.find((one) => isBoundBy(one, keyOf(login, whole)))?.profile;

/** Under which name AWS knows a session, and which other one the role's profile is for. */
function namesOf(
  session: RoleSession | undefined,
  binding: Binding | undefined,
  { profiles }: Policy,
): Pick<RoleView, 'sessionName' | 'expectedName' | 'nameFixed'> {
  if (session?.step !== 'ready') return {};
  const given = sessionNameOf(session.principalArn);
  const sessionName = printable(given);
  if (binding?.sessionName === undefined || isOfName(binding, given)) return { sessionName };
  const isFixed = profiles?.some((one) => one.sessionName !== undefined && isBoundBy(one, binding));
  return {
    sessionName,
    expectedName: printable(binding.sessionName),
    ...(isFixed ? { nameFixed: true } : {}),
  };
}

function sessionView(
  session: RoleSession | undefined,
  now: number,
): Pick<RoleView, 'state'> & Partial<RoleView> {
  if (session === undefined) return { state: 'offered' };
  if (session.step === 'exchanging') return { state: 'exchanging', ...profileOf(session.order) };
  if (session.step === 'failed') return { state: 'failed', failure: session.failure, ...profileOf(session) };
  if (session.step === 'forgotten') return { state: 'forgotten', ...session.left };
  const { endsAt, startedAt, delivery, shortened, role, sessionPolicy } = session;
  const about = {
    endsAt,
    startedAt,
    ...(shortened && { shortened }),
    ...(role.sessionPolicy === undefined && sessionPolicy && { demanded: sessionPolicy }),
  };
  if (endsAt <= now) {
    return { state: 'expired', ...about, ...(delivery.step === 'written' ? profileOf(delivery) : {}) };
  }
  switch (delivery.step) {
    case 'none':
      return { state: 'ready', ...about };
    case 'writing':
      return { state: 'saving', profile: delivery.profile, ...about };
    case 'written':
      return {
        state: 'saved',
        profile: delivery.profile,
        ...(delivery.warnings === undefined ? {} : { warnings: delivery.warnings }),
        ...about,
      };
    case 'failed':
      return { state: 'ready', profile: delivery.profile, failure: delivery.failure, ...about };
  }
}

const profileOf = (known: { profile?: string } | undefined): { profile?: string } =>
  known?.profile === undefined ? {} : { profile: known.profile };
