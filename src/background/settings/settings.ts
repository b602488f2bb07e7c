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
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';

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
  const [chosen, policy] = await Promise.all([item.read(memory), shownPolicy(memory)]);
  const settings = v.parse(settingsSchema, chosen);
  return policy.ok ? { ...settings, ...fixedIn(policy.value, settings) } : settings;
}

/** Replaces the given settings. What the administrator set is not stored as the user's choice. */
export async function changeSettings(memory: Memory, { region, ...change }: SettingsChange): Promise<void> {
  const policy = await shownPolicy(memory);
  const { profileNameTemplate, signInLinks, ...free } = change;
  const fixed = policy.ok ? policy.value : {};
  const links = signInLinks && withoutFixed(signInLinks, fixed);
  const template = fixed.profileNameTemplate === undefined ? profileNameTemplate : undefined;
  await item.change(memory, ({ region: before, ...chosen }) => ({
    ...chosen,
    ...free,
    ...(links === undefined ? {} : { signInLinks: links }),
    ...(template === undefined ? {} : { profileNameTemplate: template }),
    ...withRegion(region === undefined ? before : (region ?? undefined)),
  }));
}

const withRegion = (region: string | undefined) => (region === undefined ? {} : { region });

function fixedIn(policy: Policy, { signInLinks }: Settings): Partial<Settings> {
  const { profileNameTemplate } = policy;
  return {
    ...(profileNameTemplate === undefined ? {} : { profileNameTemplate }),
    signInLinks: { ...signInLinks, ...fixedLinks(policy) },
  };
}

const fixedLinks = ({ signInLinks = [] }: Policy): Record<string, string> =>
  Object.fromEntries(signInLinks.flatMap(({ issuer, url }) => (issuer === undefined ? [] : [[issuer, url]])));

function withoutFixed(links: Settings['signInLinks'], policy: Policy): Settings['signInLinks'] {
  const fixed = fixedLinks(policy);
  return Object.fromEntries(Object.entries(links).filter(([issuer]) => !(issuer in fixed)));
}
