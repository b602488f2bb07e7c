import { defaultTemplate } from '../../core/profile/profile-template.ts';
import { fillNames, suggestNames, takenNames } from '../../core/profile/suggest-names.ts';
import type { RoleView } from '../../webext/login-view.ts';
import type { View } from '../../webext/view.ts';

/** What the user typed in the picker: names by the roles' keys, and how the other names are made. */
export interface Written {
  names: ReadonlyMap<string, string>;
  template?: string;
}

/** The names of the ticked roles, by their keys. */
export interface PickedNames {
  names: ReadonlyMap<string, string>;
  /** How names that nobody typed are made; absent if there are none. */
  template?: string;
  /** Names that several of the roles have. */
  twice: ReadonlySet<string>;
}

export const keyOf = ({ roleArn, providerArn }: RoleView): string => `${roleArn} ${providerArn}`;

/** A role that already has a profile keeps its name. */
const isNew = (role: RoleView): boolean => !role.fixed && role.profile === role.suggestion;

/**
 * The names of the ticked roles: what the user typed, else what they are bound to, else suggestions that differ from
 * all existing names. The user's own template is followed exactly, even if names repeat.
 */
export function pickedNames(view: View, ticked: readonly RoleView[], written: Written): PickedNames {
  const suggested = ticked.filter((role) => isNew(role) && !written.names.has(keyOf(role)));
  const names = new Map(ticked.map((role) => [keyOf(role), written.names.get(keyOf(role)) ?? role.profile]));
  for (const role of suggested) names.delete(keyOf(role));
  const { accounts, profileNameTemplate } = view.settings;
  const taken = new Set([...takenNames(view), ...names.values()]);
  const made =
    written.template === undefined
      ? suggestNames(suggested, { template: profileNameTemplate, taken, accounts })
      : {
          template: written.template,
          names: fillNames(suggested, { template: written.template, accounts }),
        };
  suggested.forEach((role, index) => {
    names.set(keyOf(role), made.names[index] ?? '');
  });
  return {
    names,
    twice: twiceIn([...names.values()]),
    ...(suggested.length > 0 && { template: made.template }),
  };
}

/**
 * Whether a template is kept for next time: one that the user typed, or that the first names of all needed. Later, what
 * was only needed to tell some roles apart does not replace the user's own.
 */
export const isKept = ({ settings }: View, template: string, written: Written): boolean =>
  template !== settings.profileNameTemplate &&
  (written.template !== undefined || settings.profileNameTemplate === defaultTemplate);

function twiceIn(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.size === seen.add(name).size));
}
