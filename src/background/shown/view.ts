import { parseRoleArn, type Role, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import { suggestNames, takenNames } from '../../core/profile/suggest-names.ts';
import type { ProfileSummary } from '../../core/protocol/protocol.ts';
import { printable } from '../../core/words/printable.ts';
import type { BindingView, ChainView, LoginView, RoleView, View } from '../../webext/messages.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import { exposureNotice } from '../host/exposure-notice.ts';
import { hostProfiles } from '../host/host-profiles.ts';
import { hostStatus } from '../host/host-status.ts';
import { leftViews } from '../profiles/left-profiles.ts';
import { type Binding, isOfName, keyOf, shownBindings } from '../rules/bindings.ts';
import { readChangingNames } from '../rules/changing-names.ts';
import { isPaused } from '../rules/pause.ts';
import { lookAtPolicy } from '../rules/policy.ts';
import { type RoleMemory, readRoleMemory } from '../rules/role-memory.ts';
import { readStandingSettings } from '../settings/settings.ts';
import { type ChainRun, readChainRuns } from '../state/chain-runs.ts';
import { type Chain, readChains } from '../state/chains.ts';
import { readHistory } from '../state/history.ts';
import type { Login, RoleSession } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import { readRenewals } from '../state/renewals.ts';
import { readWrittenProfiles } from '../state/written-profiles.ts';
import { consoleUrlOf } from './console-url.ts';
import { isCopyWanted } from './copy-newest.ts';
import { firstRunView } from './first-run.ts';
import { policyView } from './policy-view.ts';

/** All that popup and options show, made from what the background knows and without any secret. */
export async function makeView(now: number): Promise<View> {
  const [
    logins,
    bindings,
    memory,
    settings,
    known,
    chains,
    runs,
    history,
    renewals,
    copyNewest,
    firstRun,
    changingNames,
    exposed,
    paused,
  ] = await Promise.all([
    readLogins(),
    shownBindings(),
    readRoleMemory(),
    readStandingSettings(),
    lookAtPolicy(),
    readChains(),
    readChainRuns(),
    readHistory(),
    readRenewals(),
    isCopyWanted(now),
    firstRunView(),
    readChangingNames(),
    exposureNotice(),
    isPaused(),
  ]);
  const fixed = known.policy.ok ? known.policy.value : {};
  const profiles = [...hostProfiles()];
  const chainViews = chains.map((chain) => chainView(chain, runs, now));
  const all = { logins, bindings, memory, settings, policy: fixed, profiles, chains: chainViews };
  const host = hostStatus();
  return {
    logins: logins.map((login) => loginView(login, all, now)),
    settings,
    bindings: bindings.map((binding) => bindingView(binding, fixed)),
    chains: chainViews,
    left: await leftViews(bindings, now),
    issuers: issuersOf(logins, bindings, settings),
    changingNames,
    profiles,
    renewals: renewals.flatMap(({ issuer, state }) =>
      state === 'seen' ? [] : [{ issuer: printable(issuer), state }],
    ),
    history,
    firstRun,
    copyNewest,
    canForget: logins.length > 0 || (await readWrittenProfiles()).length > 0,
    paused: paused && settings.behaviour === 'write' && bindings.length > 0 && fixed.forbidProfiles !== true,
    policy: policyView(known),
    ...(host.state === 'failed' ? { hostFailure: host.failure } : {}),
    ...(host.state === 'ready' ? { host: host.host } : {}),
    ...(exposed && { exposed }),
  };
}

interface Known {
  logins: readonly Login[];
  bindings: readonly Binding[];
  memory: readonly RoleMemory[];
  settings: Settings;
  policy: Policy;
  profiles: readonly ProfileSummary[];
  chains: readonly ChainView[];
}

/** An issuer that cannot be shown as it is could be taken for another: no link can be set for it. */
function issuersOf(
  logins: readonly Login[],
  bindings: readonly Binding[],
  { signInLinks }: Settings,
): string[] {
  const met = [...logins, ...bindings].map(({ issuer }) => issuer);
  const issuers = new Set([...met, ...Object.keys(signInLinks)]);
  return [...issuers].filter((issuer) => issuer !== '' && printable(issuer) === issuer).toSorted();
}

function bindingView(binding: Binding, policy: Policy): BindingView {
  const { sessionName, ...rest } = binding;
  const arn = parseRoleArn(binding.roleArn);
  return {
    ...rest,
    issuer: printable(binding.issuer),
    ...(sessionName === undefined ? {} : { sessionName: printable(sessionName) }),
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? binding.roleArn,
    fixed: isFixed(policy, binding),
  };
}

function chainView(chain: Chain, runs: readonly ChainRun[], now: number): ChainView {
  const arn = parseRoleArn(chain.roleArn);
  const run = runs.find(({ profile, roleArn }) => profile === chain.profile && roleArn === chain.roleArn);
  return {
    ...chain,
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? chain.roleArn,
    state: chainState(run, now),
    ...(run?.endsAt === undefined ? {} : { endsAt: run.endsAt, startedAt: run.startedAt }),
    ...(run?.failure === undefined ? {} : { failure: run.failure }),
    ...(run?.warnings === undefined ? {} : { warnings: run.warnings }),
  };
}

function chainState(run: ChainRun | undefined, now: number): ChainView['state'] {
  if (run === undefined) return 'waiting';
  // What is tried again by itself stands as it is until it goes well: it would come and go each minute.
  if (run.step === 'exchanging' && run.failure !== undefined) return 'failed';
  if (run.step !== 'written') return run.step;
  return (run.endsAt ?? 0) <= now ? 'expired' : 'saved';
}

const isFixed = (policy: Policy, key: BindingKey): boolean =>
  policy.profiles?.some((other) => isBoundBy(other, key)) ?? false;

function loginView(login: Login, known: Known, now: number): LoginView {
  const { id, seenAt, issuer, sessionName, sessionDuration, failure } = login;
  const taken = takenNames(known);
  return {
    id,
    seenAt,
    issuer: printable(issuer),
    encrypted: login.encrypted,
    ...(login.container === undefined ? {} : { container: login.container }),
    ...(login.chosenRoleArn === undefined ? {} : { chosenRoleArn: printable(login.chosenRoleArn) }),
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
  { logins, bindings, memory, settings, policy, chains }: Known,
  taken: ReadonlySet<string>,
  now: number,
): RoleView {
  const arn = parseRoleArn(role.roleArn);
  const key = keyOf(login, role);
  const binding = bindings.find((other) => isBoundBy(other, key));
  const session = login.sessions.find((other) => sameRole(other.role, role));
  const accountId = arn?.accountId ?? '';
  const { accounts, profileNameTemplate: template } = settings;
  const [suggestion = ''] = suggestNames([role], { taken, template, accounts }).names;
  const wish = memory.find((one) => one.issuer === login.issuer && sameRole(one, role))?.wish;
  const consoleUrl = consoleUrlOf(logins, login, role);
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
    ...(wish === undefined ? {} : { wish }),
    ...(consoleUrl === undefined ? {} : { consoleUrl }),
    ...shown,
    ...names,
  };
}

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
  const { endsAt, startedAt, delivery, shortened } = session;
  const about = { endsAt, startedAt, ...(shortened === undefined ? {} : { shortened }) };
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
