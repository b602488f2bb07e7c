import { accountNumber, accountOfArn } from '../../core/aws/account-number.ts';
import { parseRoleArn, providerName } from '../../core/aws/role.ts';
import { containerNumber } from '../../core/container-number.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { forbiddenRole } from '../../core/policy/policy.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import { envFormatNames } from '../../core/profile/env-vars.ts';
import type { ProfileSummary } from '../../core/protocol/protocol.ts';
import type { Result } from '../../core/result.ts';
import { grouped } from '../../core/words/grouped.ts';
import { printable } from '../../core/words/printable.ts';
import { duration } from '../../core/words/time-left.ts';
import { failureWords } from '../../webext/failure-words.ts';
import type { ImportChange } from '../../webext/messages.ts';
import type { Settings, SomeSettings } from '../../webext/settings-schema.ts';
import { type TextKey, text } from '../../webext/text.ts';
import { timeWords } from '../../webext/time-words.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import { bindingRefusal, readRules } from '../rules/binding-refusal.ts';
import type { Binding } from '../rules/bindings.ts';
import type { Chain } from '../state/chains.ts';
import { readStandingSettings } from './settings.ts';
import type { SettingsFile } from './settings-file.ts';

/** One change that a file would make, as it is shown, with what it puts in place. */
export interface Proposal extends Omit<ImportChange, 'id' | 'needs'> {
  put: { binding?: Binding; chain?: Chain; settings?: SomeSettings };
  /** The profile whose binding out of the same file must be taken over too. */
  needsProfile?: string;
}

/** What a file is compared with. */
type Here = Awaited<ReturnType<typeof readHere>>;

/** Reads all that is here. The host is asked anew which profiles the person's files have. */
export async function readHere() {
  const [rules, settings, files] = await Promise.all([
    readRules(),
    readStandingSettings(),
    refreshHostProfiles(),
  ]);
  return { rules, settings, files };
}

/** All that a file would change, what means most first, and in each group what needs a yes of its own. */
export function proposalsOf(file: SettingsFile, here: Here): Proposal[] {
  const known = knownHere(here);
  const all = [
    ...bindingProposals(file, here, known),
    ...chainProposals(file, here, known),
    ...linkProposals(file, here, known),
    ...settingProposals(file, here),
    ...accountProposals(file, here),
  ];
  const weight = ({ refusal, alone, notes }: Proposal) =>
    refusal !== undefined || alone ? 0 : notes.length > 0 ? 1 : 2;
  return all.toSorted((a, b) => weight(a) - weight(b));
}

/** What the person or the administrator has had to do with. Logins do not count: any web page can post one. */
function knownHere({ rules: { policy, bindings, chains }, settings }: Here) {
  const { allowedAccounts = [], allowedIssuers = [] } = policy.ok ? policy.value : {};
  const links = Object.entries(settings.signInLinks);
  return {
    accounts: new Set([...allowedAccounts, ...[...bindings, ...chains].map(accountOf)]),
    issuers: new Set([
      ...allowedIssuers,
      ...bindings.map(({ issuer }) => issuer),
      ...links.map(([issuer]) => issuer),
    ]),
    hosts: new Set(links.map(([, url]) => new URL(url).host)),
  };
}

type Known = ReturnType<typeof knownHere>;

const accountOf = ({ roleArn }: { roleArn: string }): string => accountOfArn(roleArn) ?? '';

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
    // What a name that is bound here already stands for is known.
    const isFree = others.length === 0 && chain === undefined && !own.some((one) => one.profile === profile);
    const found = isFree ? inFiles(profile, here) : undefined;
    const before = [
      ...others.map((one) => loginWords(one)),
      ...(chain === undefined ? [] : [chainWords(chain)]),
      ...own.map((one) =>
        one.profile === profile ? loginWords(one) : text('import_hasProfile', printable(one.profile)),
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
        after: loginWords(binding),
        notes: [
          ...(known.accounts.has(accountOf(binding)) ? [] : [newAccount(binding)]),
          ...(known.issuers.has(key.issuer) ? [] : [text('import_newIssuer')]),
          ...(found === undefined ? [] : [found]),
          ...followers(rules.chains, own, others, profile),
        ],
        alone: before.length > 0 || found !== undefined,
        ...(refusal === undefined ? {} : { refusal }),
        put: { binding },
      },
    ];
  });
}

/** A file from before names were known says nothing of whose login it is. */
const isAlreadySo = (here: Binding, there: Binding): boolean =>
  here.profile === there.profile &&
  here.container === there.container &&
  (there.sessionName === undefined || here.sessionName === there.sessionName);

/** The second roles that a binding would take along to another name, or take over together with the name. */
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
    const refusal = chainRefusalWords(chain, bound.get(profile), from, rules);
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
  { policy }: Here['rules'],
): string | undefined {
  if (!policy.ok) return messageOf(policy.failure);
  if (policy.value.forbidProfiles) return messageOf(failure('policy-no-profiles'));
  if (from === undefined) return messageOf(failure('chain-source-unbound', { profile: chain.source }));
  if (holder !== undefined) return text('import_profileOfLogin', loginWords(holder));
  return messageOf(forbiddenRole(policy.value, from.issuer, chain));
}

const messageOf = (refusal: Failure | undefined): string | undefined =>
  refusal && failureWords(refusal).message;

function linkProposals(file: SettingsFile, { settings, rules: { policy } }: Here, known: Known): Proposal[] {
  const fixed = new Set((policy.ok ? policy.value.signInLinks : undefined)?.map(({ issuer }) => issuer));
  return Object.entries(file.settings.signInLinks ?? {}).flatMap(([issuer, url]): Proposal[] => {
    const old = Object.hasOwn(settings.signInLinks, issuer) ? settings.signInLinks[issuer] : undefined;
    const { href, host } = new URL(url);
    const oldHref = old === undefined ? undefined : new URL(old).href;
    if (oldHref === href) return [];
    const refusal = fixed.has(issuer) ? text('options_fixed') : unshowable(issuer);
    return [
      {
        group: 'links',
        what: printable(issuer),
        before: oldHref === undefined ? [] : [printable(oldHref)],
        after: printable(href),
        notes: [
          ...(known.issuers.has(issuer) ? [] : [text('import_newIssuer')]),
          ...(known.hosts.has(host) ? [] : [text('import_newHost', printable(host))]),
        ],
        alone: oldHref !== undefined,
        ...(refusal === undefined ? {} : { refusal }),
        put: { settings: { signInLinks: { [issuer]: url } } },
      },
    ];
  });
}

type PlainSetting = Exclude<keyof Settings, 'accounts' | 'signInLinks'>;

const plainSettings: Record<PlainSetting, { group: 'behaviour' | 'rest'; label: TextKey }> = {
  behaviour: { group: 'behaviour', label: 'options_behaviour' },
  refreshTogether: { group: 'behaviour', label: 'options_refreshTogether' },
  keepFresh: { group: 'behaviour', label: 'options_keepFresh' },
  remind: { group: 'rest', label: 'options_remind' },
  sessionDuration: { group: 'rest', label: 'options_duration' },
  region: { group: 'rest', label: 'options_region' },
  profileNameTemplate: { group: 'rest', label: 'options_template' },
  format: { group: 'rest', label: 'options_format' },
};

/** Every setting has a value here, chosen or not, so that each of them is replaced. */
function settingProposals(
  { settings: given }: SettingsFile,
  { settings, rules: { policy } }: Here,
): Proposal[] {
  const fixed = policy.ok ? policy.value.profileNameTemplate : undefined;
  return (Object.keys(plainSettings) as PlainSetting[]).flatMap((name): Proposal[] => {
    if (given[name] === undefined || given[name] === settings[name]) return [];
    const { group, label } = plainSettings[name];
    return [
      {
        group,
        what: text(label),
        before: [valueWords(name, settings)],
        after: valueWords(name, given),
        notes: [],
        alone: true,
        ...(name === 'profileNameTemplate' && fixed !== undefined ? { refusal: text('options_fixed') } : {}),
        ...(name === 'keepFresh' && given[name] ? { keepsFresh: true as const } : {}),
        put: { settings: { [name]: given[name] } },
      },
    ];
  });
}

const behaviourWords: Record<Settings['behaviour'], TextKey> = {
  write: 'options_behaviourWrite',
  ask: 'options_behaviourAsk',
  never: 'options_behaviourNever',
};

function valueWords(name: PlainSetting, settings: SomeSettings): string {
  const value = settings[name];
  if (typeof value === 'boolean') return text(value ? 'import_on' : 'import_off');
  if (name === 'behaviour') return text(behaviourWords[settings.behaviour ?? 'write']);
  if (name === 'format') return envFormatNames[settings.format ?? 'bash'];
  if (typeof value === 'number') return secondsWords(value);
  return value === undefined ? text('options_regionNone') : printable(value);
}

function secondsWords(seconds: number): string {
  if (seconds === 0) return text('options_durationOfAws');
  return seconds % 60 === 0 ? duration(seconds, timeWords) : text('import_seconds', seconds);
}

function accountProposals({ settings: { accounts = {} } }: SettingsFile, { settings }: Here): Proposal[] {
  return Object.entries(accounts).flatMap(([id, account]): Proposal[] => {
    const old = labelWords(settings.accounts[id]);
    const label = labelWords(account);
    if (label === old) return [];
    return [
      {
        group: 'accounts',
        what: accountNumber(id),
        before: old === '' ? [] : [old],
        after: label === '' ? text('import_noLabel') : label,
        notes: [],
        alone: old !== '',
        put: { settings: { accounts: { [id]: { ...account, name: printable(account.name) } } } },
      },
    ];
  });
}

const colourWords: Record<Settings['accounts'][string]['colour'], TextKey> = {
  none: 'options_colourNone',
  red: 'options_colourRed',
  amber: 'options_colourAmber',
  green: 'options_colourGreen',
  blue: 'options_colourBlue',
  purple: 'options_colourPurple',
};

/** What the person calls an account, and its colour; empty where neither was given. */
function labelWords(account: Settings['accounts'][string] | undefined): string {
  if (account === undefined || (account.name === '' && account.colour === 'none')) return '';
  const colour = text(colourWords[account.colour]);
  return account.name === '' ? colour : text('import_label', printable(account.name), colour);
}

const newAccount = (of: { roleArn: string }): string =>
  text('import_newAccount', accountNumber(accountOf(of)));

/** An issuer that cannot be shown as it is could be taken for another. */
const unshowable = (issuer: string): string | undefined =>
  printable(issuer) === issuer ? undefined : text('import_unshowable');

const kindWords: Record<ProfileSummary['kind'], TextKey> = {
  temporary: 'import_filesTemporary',
  'long-lived': 'import_filesLongLived',
  process: 'import_filesProcess',
  sso: 'import_filesSso',
  role: 'import_filesRole',
  other: 'import_filesOther',
};

/** What the person's files have under this name already, in words; nothing where the host did not tell. */
function inFiles(
  profile: string,
  { files }: { files: Result<readonly ProfileSummary[]> },
): string | undefined {
  const found = files.ok ? files.value.find(({ name }) => name === profile) : undefined;
  if (found === undefined) return undefined;
  const words = text(kindWords[found.kind]);
  return found.principalArn === undefined ? words : text('import_filesOf', words, found.principalArn);
}

/** Two that differ in anything that counts differ in their words. */
function loginWords({ roleArn, providerArn, issuer, container, sessionName }: Binding): string {
  const provider =
    accountWords(providerArn) === accountWords(roleArn) ? providerName(providerArn) : providerArn;
  const role = parseRoleArn(roleArn)?.pathAndName ?? roleArn;
  const ofAnyone = text(
    'import_login',
    role,
    accountWords(roleArn),
    provider ?? providerArn,
    printable(issuer),
  );
  const login =
    sessionName === undefined ? ofAnyone : text('import_asName', ofAnyone, printable(sessionName));
  if (container === undefined) return login;
  return text('import_inContainer', login, containerNumber(container) ?? printable(container));
}

function chainWords({ source, roleArn }: Chain): string {
  const role = parseRoleArn(roleArn)?.pathAndName ?? roleArn;
  return text('import_secondRole', role, accountWords(roleArn), printable(source));
}

/** Accounts of AWS's other partitions have numbers that may be somebody else's in this one. */
function accountWords(arn: string): string {
  const [, partition] = arn.split(':');
  const account = accountOfArn(arn) ?? '';
  return partition === 'aws' ? accountNumber(account) : `${accountNumber(account)} (${partition})`;
}
