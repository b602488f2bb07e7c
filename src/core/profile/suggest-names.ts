import type { Role } from '../aws/role.ts';
import { profileNameFailure } from './profile-name.ts';
import { fillTemplate, partsOf, slug } from './profile-template.ts';

/** What the names of new profiles are made from. */
export interface Naming {
  template: string;
  /** Names that belong to something else. */
  taken: ReadonlySet<string>;
  /** The user's names for accounts, by their numbers. */
  accounts: Readonly<Record<string, { name: string }>>;
}

/** Names that belong to a binding, a second role or one of the user's two files. */
export const takenNames = (known: {
  bindings: readonly { profile: string }[];
  chains: readonly { profile: string }[];
  profiles: readonly { name: string }[];
  configProfiles: readonly { name: string }[];
}): ReadonlySet<string> =>
  new Set([
    ...[...known.bindings, ...known.chains].map(({ profile }) => profile),
    ...[...known.profiles, ...known.configProfiles].map(({ name }) => name),
  ]);

/** Appended one after the other to a template without it, until all names differ. */
const additions = [[], ['{accountName}'], ['{account}'], ['{account}', '{provider}']];

/**
 * A name for each role, all by one template: the given one if it tells the roles apart, else with account name,
 * number and SAML provider appended, and at last a count. A name is empty if none can be made. Also returns the
 * template that was used.
 */
export function suggestNames(roles: readonly Role[], naming: Naming): { template: string; names: string[] } {
  const templates = additions.map((parts) =>
    [naming.template, ...parts.filter((part) => !naming.template.includes(part))].join('-'),
  );
  for (const template of templates) {
    const names = fillNames(roles, { ...naming, template });
    if (new Set(names).size === names.length && names.every((name) => isFree(name, naming))) {
      return { template, names };
    }
  }
  const template = templates.at(-1) ?? naming.template;
  return { template, names: counted(fillNames(roles, { ...naming, template }), naming) };
}

/** The template filled in for each role, in lower case; names may be taken already. */
export const fillNames = (roles: readonly Role[], { template, accounts }: Omit<Naming, 'taken'>): string[] =>
  roles.map((role) => {
    const parts = partsOf(role);
    if (parts === undefined) return '';
    // Stryker disable next-line StringLiteral: each role has an account
    const account = parts.account ?? '';
    return slug(fillTemplate(template, { ...parts, accountName: accounts[account]?.name || account }));
  });

/** Whether a new profile may have this name. Never `default`, which every AWS tool uses unless told otherwise. */
const isFree = (name: string, { taken }: Naming): boolean =>
  name !== 'default' && profileNameFailure(name) === undefined && !taken.has(name);

function counted(names: readonly string[], naming: Naming): string[] {
  const given = new Set<string>();
  return names.map((name) => {
    if (profileNameFailure(name) !== undefined) return '';
    const free = Array.from({ length: names.length + naming.taken.size + 1 }, (_, i) =>
      i === 0 ? name : `${name}-${i + 1}`,
    ).find((candidate) => isFree(candidate, naming) && !given.has(candidate));
    // Stryker disable next-line ConditionalExpression: there are more candidates than names that are not free
    if (free !== undefined) given.add(free);
    // Stryker disable next-line StringLiteral: as above
    return free ?? '';
  });
}
