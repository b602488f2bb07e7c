import * as v from 'valibot';
import type { Policy } from '../../core/policy/policy.ts';
import {
  type Settings,
  type SettingsChange,
  type SomeSettings,
  settingsSchema,
  someSettingsSchema,
} from '../../webext/settings-schema.ts';
import { isPaused } from '../rules/pause.ts';
import { shownPolicy } from '../rules/read-policy.ts';
import { readFoundNames } from '../state/found-names.ts';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';
import { type AccountSources, accountOrigins, accountsChosen, accountsInEffect } from './accounts.ts';

/** Only choices are stored, so that defaults can still change. */
const item = localItem('settings', someSettingsSchema, {});

/** Only the user's choices, without defaults and policy. */
export const readChosenSettings = (memory: Memory): Promise<SomeSettings> => item.read(memory);

/**
 * The settings in effect: the user's choices, overridden by the policy. After everything was forgotten, nothing is
 * written automatically. Never waits for the policy, since no setting forbids anything.
 */
export async function readSettings(memory: Memory): Promise<Settings> {
  const [settings, paused] = await Promise.all([readStandingSettings(memory), isPaused(memory)]);
  return paused && settings.behaviour === 'write' ? { ...settings, behaviour: 'ask' } : settings;
}

/** The same without the pause, for the options. */
export async function readStandingSettings(memory: Memory): Promise<Settings> {
  const [chosen, policy, { accounts }] = await Promise.all([
    item.read(memory),
    shownPolicy(memory),
    readAccounts(memory),
  ]);
  const settings = { ...v.parse(settingsSchema, chosen), accounts };
  return policy.ok ? { ...settings, ...fixedIn(policy.value, settings) } : settings;
}

/** The names and colours of accounts in effect, and which of them are not the user's. */
export async function readAccounts(memory: Memory) {
  const sources = await accountSources(memory);
  return { accounts: accountsInEffect(sources), origins: accountOrigins(sources) };
}

async function accountSources(memory: Memory): Promise<AccountSources> {
  const [{ accounts: chosen = {} }, found, policy] = await Promise.all([
    item.read(memory),
    readFoundNames(memory),
    shownPolicy(memory),
  ]);
  return { chosen, found, policy: policy.ok ? policy.value : {} };
}

/** Replaces the given settings. What the administrator set is not stored as the user's choice. */
export async function changeSettings(memory: Memory, change: SettingsChange): Promise<void> {
  const sources = await accountSources(memory);
  const fixed = sources.policy;
  const isFree = ([name]: [string, unknown]) => !fixedNames(fixed).some((one) => one === name);
  const { region, signInLinks, accounts, ...free } = Object.fromEntries(
    Object.entries(change).filter(isFree),
  ) as SettingsChange;
  const links = signInLinks && withoutFixed(signInLinks, fixed);
  const labels = accounts && accountsChosen(accounts, sources);
  await item.change(memory, ({ region: before, ...chosen }) => ({
    ...chosen,
    ...free,
    ...(links === undefined ? {} : { signInLinks: links }),
    ...(labels === undefined ? {} : { accounts: labels }),
    ...withRegion(region === undefined ? before : (region ?? undefined)),
  }));
}

const withRegion = (region: string | undefined) => (region === undefined ? {} : { region });

/** Settings that an administrator may set, each as the policy calls it too. */
const plainEntries = ['profileNameTemplate', 'region', 'keepFresh'] as const;

/** The settings that the administrator has set. */
export const fixedNames = (policy: Policy): (typeof plainEntries)[number][] =>
  plainEntries.filter((name) => policy[name] !== undefined);

const fixedIn = (policy: Policy, { signInLinks }: Settings): Partial<Settings> => ({
  ...Object.fromEntries(fixedNames(policy).map((name) => [name, policy[name]])),
  signInLinks: { ...signInLinks, ...fixedLinks(policy) },
});

const fixedLinks = ({ signInLinks = [] }: Policy): Record<string, string> =>
  Object.fromEntries(signInLinks.flatMap(({ issuer, url }) => (issuer === undefined ? [] : [[issuer, url]])));

function withoutFixed(links: Settings['signInLinks'], policy: Policy): Settings['signInLinks'] {
  const fixed = fixedLinks(policy);
  return Object.fromEntries(Object.entries(links).filter(([issuer]) => !(issuer in fixed)));
}
