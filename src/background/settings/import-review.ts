import { type Failure, failure } from '../../core/failure.ts';
import { forbiddenRole } from '../../core/policy/policy.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import { grouped } from '../../core/words/grouped.ts';
import { printable } from '../../core/words/printable.ts';
import { failureWords } from '../../webext/failure-words.ts';
import { text } from '../../webext/text.ts';
import { bindingRefusal } from '../rules/binding-refusal.ts';
import type { Binding } from '../rules/bindings.ts';
import type { Chain } from '../state/chains.ts';
import { chainWords, inFiles, loginWords, newAccount, unshowable } from './import-words.ts';
import { accountOf, type Here, type Known, knownHere, type Proposal } from './proposal.ts';
import type { SettingsFile } from './settings-file.ts';
import {
  accountProposals,
  issuerNameProposals,
  linkProposals,
  settingProposals,
} from './settings-proposals.ts';

/** All changes that a file would make, the most important first. */
export function proposalsOf(file: SettingsFile, here: Here): Proposal[] {
  const known = knownHere(here);
  const all = [
    ...bindingProposals(file, here, known),
    ...chainProposals(file, here, known),
    ...issuerNameProposals(file, here, known),
    ...linkProposals(file, here, known),
    ...settingProposals(file, here),
    ...accountProposals(file, here),
  ];
  const weight = ({ refusal, alone, notes }: Proposal) =>
    refusal !== undefined || alone ? 0 : notes.length > 0 ? 1 : 2;
  return all.toSorted((a, b) => weight(a) - weight(b));
}

function bindingProposals(file: SettingsFile, here: Here, known: Known): Proposal[] {
  const { rules } = here;
  const byProfile = grouped(rules.bindings, ({ profile }) => profile);
  const byRole = grouped(rules.bindings, ({ roleArn }) => roleArn);
  const chainOf = new Map(rules.chains.map((chain) => [chain.profile, chain]));
  return file.bindings.flatMap((binding): Proposal[] => {
    const { profile, ...key } = binding;
    const own = byRole.get(key.roleArn)?.filter((one) => isBoundBy(one, binding)) ?? [];
    if (own.some((one) => isAlreadySo(one, binding))) return [];
    const others = byProfile.get(profile)?.filter((one) => !isBoundBy(one, binding)) ?? [];
    const chain = chainOf.get(profile);
    // What a profile bound here contains is known.
    const isFree = others.length === 0 && chain === undefined && !own.some((one) => one.profile === profile);
    const found = isFree ? inFiles(profile, here) : undefined;
    const before = [
      ...others.map((one) => loginWords(one, here.names)),
      ...(chain === undefined ? [] : [chainWords(chain)]),
      ...own.map((one) =>
        one.profile === profile
          ? loginWords(one, here.names)
          : text('import_hasProfile', printable(one.profile)),
      ),
    ];
    const refusal =
      messageOf(bindingRefusal(key, { profile, takeOver: true, newName: true }, rules)) ??
      (own.length > 1 ? text('import_manyContainers') : undefined) ??
      unshowable(key.issuer);
    return [
      {
        group: 'bindings',
        what: profile,
        before,
        after: loginWords(binding, here.names),
        notes: [
          ...(known.accounts.has(accountOf(binding)) ? [] : [newAccount(binding)]),
          ...(known.issuers.has(key.issuer) ? [] : [text('import_newIssuer')]),
          ...(found === undefined ? [] : [found]),
          ...(binding.region === undefined ? [] : [text('import_region', binding.region)]),
          ...followers(rules.chains, own, others, profile),
        ],
        alone: before.length > 0 || found !== undefined,
        ...(refusal === undefined ? {} : { refusal }),
        put: { binding },
      },
    ];
  });
}

/** Files of older versions have no session names. */
const isAlreadySo = (here: Binding, there: Binding): boolean =>
  here.profile === there.profile &&
  here.container === there.container &&
  (there.sessionName === undefined || here.sessionName === there.sessionName);

/** The second roles that would follow a renamed profile, or be taken over with it. */
function followers(chains: readonly Chain[], own: Binding[], others: Binding[], profile: string): string[] {
  const from = (sources: readonly string[]) =>
    chains.filter(({ source }) => sources.includes(source)).map((chain) => printable(chain.profile));
  const along = from(own.map((one) => one.profile).filter((name) => name !== profile));
  const taken = others.length > 0 ? from([profile]) : [];
  return [
    ...(along.length > 0 ? [text('import_takesAlong', along.join(', '))] : []),
    ...(taken.length > 0 ? [text('import_assumedFrom', taken.join(', '))] : []),
  ];
}

function chainProposals(file: SettingsFile, here: Here, known: Known): Proposal[] {
  const { rules } = here;
  const bound = new Map(rules.bindings.map((one) => [one.profile, one]));
  const inFile = new Map(file.bindings.map((one) => [one.profile, one]));
  const chainOf = new Map(rules.chains.map((chain) => [chain.profile, chain]));
  return file.chains.flatMap((chain): Proposal[] => {
    const { source, roleArn, profile } = chain;
    const old = chainOf.get(profile);
    if (old?.source === source && old.roleArn === roleArn) return [];
    const found = old === undefined ? inFiles(profile, here) : undefined;
    const from = bound.get(source) ?? inFile.get(source);
    const refusal = chainRefusalWords(chain, bound.get(profile), from, here);
    const needsBinding = !bound.has(source) && inFile.has(source);
    return [
      {
        group: 'chains',
        what: profile,
        before: old === undefined ? [] : [chainWords(old)],
        after: chainWords(chain),
        notes: [
          ...(known.accounts.has(accountOf(chain)) ? [] : [newAccount(chain)]),
          ...(found === undefined ? [] : [found]),
          ...(needsBinding ? [text('import_needs', source)] : []),
        ],
        alone: old !== undefined || found !== undefined,
        ...(refusal === undefined ? {} : { refusal }),
        ...(needsBinding ? { needsProfile: source } : {}),
        put: { chain },
      },
    ];
  });
}

function chainRefusalWords(
  chain: Chain,
  holder: Binding | undefined,
  from: Binding | undefined,
  { rules: { policy }, names }: Here,
): string | undefined {
  if (!policy.ok) return messageOf(policy.failure);
  if (policy.value.forbidProfiles) return messageOf(failure('policy-no-profiles'));
  if (from === undefined) return messageOf(failure('chain-source-unbound', { profile: chain.source }));
  if (holder !== undefined) return text('import_profileOfLogin', loginWords(holder, names));
  return messageOf(forbiddenRole(policy.value, from.issuer, chain));
}

const messageOf = (refusal: Failure | undefined): string | undefined =>
  refusal && failureWords(refusal).message;
