import { parseRoleArn } from '../../core/aws/role.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { printable } from '../../core/words/printable.ts';
import type { ChainView } from '../../webext/login-view.ts';
import type { BindingView, View } from '../../webext/view.ts';
import { exposureNotice } from '../host/exposure-notice.ts';
import { hostConfigProfiles, hostProfiles, hostRegions } from '../host/host-profiles.ts';
import { hostStatus } from '../host/host-status.ts';
import { leftViews } from '../profiles/left-profiles.ts';
import { type Binding, shownBindings } from '../rules/bindings.ts';
import { readChangingNames } from '../rules/changing-names.ts';
import { goneFrom } from '../rules/gone.ts';
import { isPaused } from '../rules/pause.ts';
import { lookAtPolicy } from '../rules/read-policy.ts';
import { readRoleMemory } from '../rules/role-memory.ts';
import { readDeclinedLinks } from '../settings/declined-links.ts';
import { namesView } from '../settings/names-permission.ts';
import { readAccounts, readStandingSettings } from '../settings/settings.ts';
import { type ChainRun, readChainRuns } from '../state/chain-runs.ts';
import { type Chain, readChains } from '../state/chains.ts';
import { readHistory } from '../state/history.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { readRenewals } from '../state/renewals.ts';
import { readWrittenProfiles } from '../state/written-profiles.ts';
import { isCopyWanted } from './copy-newest.ts';
import { firstRunView } from './first-run.ts';
import { issuersView } from './issuers-view.ts';
import { linkOffer } from './link-offer.ts';
import { isFixed, loginView } from './login-view.ts';
import { nameQuestions } from './name-questions.ts';
import { policyView } from './policy-view.ts';

/** All that popup and options show, made from what the background knows and without any secret. */
export async function makeView(memory: Memory, now: number): Promise<View> {
  const [
    logins,
    bindings,
    remembered,
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
    { origins },
    declined,
  ] = await Promise.all([
    readLogins(memory),
    shownBindings(memory),
    readRoleMemory(memory),
    readStandingSettings(memory),
    lookAtPolicy(memory),
    readChains(memory),
    readChainRuns(memory),
    readHistory(memory),
    readRenewals(memory),
    isCopyWanted(memory, now),
    firstRunView(memory),
    readChangingNames(memory),
    exposureNotice(memory),
    isPaused(memory),
    readAccounts(memory),
    readDeclinedLinks(memory),
  ]);
  const fixed = known.policy.ok ? known.policy.value : {};
  const profiles = [...hostProfiles(memory)];
  const configProfiles = [...hostConfigProfiles(memory)];
  const chainViews = chains.map((chain) => chainView(chain, runs, now));
  const all = {
    logins,
    bindings,
    remembered,
    settings,
    policy: fixed,
    profiles,
    configProfiles,
    chains: chainViews,
  };
  const offered = logins.flatMap(({ roles }) => roles);
  const host = hostStatus(memory);
  const isGone = goneFrom(logins, bindings);
  return {
    logins: logins.map((login) => loginView(login, all, now)),
    settings,
    accountOrigins: origins,
    namesOnPage: await namesView(memory, [...offered, ...bindings, ...chains], settings.accounts),
    bindings: bindings.map((binding) => bindingView(binding, fixed, isGone)),
    chains: chainViews,
    left: await leftViews(memory, bindings, now),
    ...issuersView({ logins, bindings, settings, changingNames, history }),
    ...linkOffer(logins, bindings, settings, declined),
    changingNames,
    nameQuestions: nameQuestions(logins, bindings, fixed),
    profiles,
    configProfiles,
    regions: hostRegions(memory),
    renewals: renewals.flatMap(({ issuer, state }) =>
      state === 'seen' ? [] : [{ issuer: printable(issuer), state }],
    ),
    history,
    firstRun,
    copyNewest,
    canForget: logins.length > 0 || (await readWrittenProfiles(memory)).length > 0,
    paused: paused && settings.behaviour === 'write' && bindings.length > 0 && fixed.forbidProfiles !== true,
    policy: policyView(known),
    ...(host.state === 'failed' ? { hostFailure: host.failure } : {}),
    ...(host.state === 'ready' ? { host: host.host } : {}),
    ...(exposed && { exposed }),
  };
}

function bindingView(binding: Binding, policy: Policy, isGone: (binding: Binding) => boolean): BindingView {
  const { sessionName, app: _, ...rest } = binding;
  const arn = parseRoleArn(binding.roleArn);
  return {
    ...rest,
    issuer: printable(binding.issuer),
    ...(sessionName === undefined ? {} : { sessionName: printable(sessionName) }),
    accountId: arn?.accountId ?? '',
    roleName: arn?.name ?? binding.roleArn,
    fixed: isFixed(policy, binding),
    ...(binding.onDemand && isGone(binding) ? { gone: true } : {}),
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
