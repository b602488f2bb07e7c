import { accountNumber } from '../../core/aws/account-number.ts';
import { printable } from '../../core/words/printable.ts';
import { type TextKey, text } from '../../webext/text.ts';
import { labelWords, type PlainSetting, unshowable, valueWords } from './import-words.ts';
import type { Here, Known, Proposal } from './proposal.ts';
import { fixedNames } from './settings.ts';
import type { SettingsFile } from './settings-file.ts';

export function linkProposals(
  file: SettingsFile,
  { settings, rules: { policy } }: Here,
  known: Known,
): Proposal[] {
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

/** A name that a file gives an identity provider. */
export function issuerNameProposals(
  { settings: { issuerNames = {} } }: SettingsFile,
  { settings }: Here,
  known: Known,
): Proposal[] {
  return Object.entries(issuerNames).flatMap(([issuer, name]): Proposal[] => {
    const old = Object.hasOwn(settings.issuerNames, issuer) ? (settings.issuerNames[issuer] ?? '') : '';
    if (name === old || name === '') return [];
    const refusal = unshowable(issuer);
    return [
      {
        group: 'links',
        what: printable(issuer),
        before: old === '' ? [] : [printable(old)],
        after: printable(name),
        notes: known.issuers.has(issuer) ? [] : [text('import_newIssuer')],
        alone: old !== '',
        ...(refusal === undefined ? {} : { refusal }),
        put: { settings: { issuerNames: { [issuer]: printable(name) } } },
      },
    ];
  });
}

const plainSettings: Record<PlainSetting, { group: 'behaviour' | 'rest'; label: TextKey }> = {
  behaviour: { group: 'behaviour', label: 'options_behaviour' },
  refreshTogether: { group: 'behaviour', label: 'options_refreshTogether' },
  keepFresh: { group: 'behaviour', label: 'options_keepFresh' },
  remind: { group: 'rest', label: 'options_remind' },
  sessionDuration: { group: 'rest', label: 'options_duration' },
  region: { group: 'rest', label: 'options_region' },
  profileNameTemplate: { group: 'rest', label: 'options_template' },
  format: { group: 'rest', label: 'options_format' },
  copies: { group: 'rest', label: 'popup_copies' },
  manyConsoles: { group: 'rest', label: 'popup_manyConsoles' },
  favourites: { group: 'rest', label: 'popup_favourites' },
};

/** Every setting has a value, chosen or default, so each change replaces one. */
export function settingProposals(
  { settings: given }: SettingsFile,
  { settings, rules: { policy } }: Here,
): Proposal[] {
  const fixed: readonly string[] = policy.ok ? fixedNames(policy.value) : [];
  return (Object.keys(plainSettings) as PlainSetting[]).flatMap((name): Proposal[] => {
    if (given[name] === undefined || isSame(given[name], settings[name])) return [];
    const { group, label } = plainSettings[name];
    return [
      {
        group,
        what: text(label),
        before: [valueWords(name, settings)],
        after: valueWords(name, given),
        notes: [],
        alone: true,
        ...(fixed.includes(name) ? { refusal: text('options_fixed') } : {}),
        ...(name === 'keepFresh' && given[name] ? { keepsFresh: true as const } : {}),
        put: { settings: { [name]: given[name] } },
      },
    ];
  });
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export function accountProposals(
  { settings: { accounts = {} } }: SettingsFile,
  { settings, rules: { policy } }: Here,
): Proposal[] {
  const fixed = new Set((policy.ok ? policy.value.accounts : undefined)?.map(({ accountId }) => accountId));
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
        ...(fixed.has(id) ? { refusal: text('options_fixed') } : {}),
        put: { settings: { accounts: { [id]: { ...account, name: printable(account.name) } } } },
      },
    ];
  });
}
