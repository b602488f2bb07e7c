import type { Role } from '../aws/role.ts';
import { onDemandNameFailure } from './on-demand-name.ts';
import { accountPart, fillTemplate, nameOfFilled, partsOf } from './profile-template.ts';

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
 * A name for each role, by one template: the given one if it tells the roles apart, else with account name, number and
 * SAML provider appended. Only a name that belongs to something else becomes longer by these, or by a count. A name is
 * empty if none can be made. Also returns the template that was used.
 */
export function suggestNames(roles: readonly Role[], naming: Naming): { template: string; names: string[] } {
  const templates = additions.map((parts) =>
    [naming.template, ...parts.filter((part) => !naming.template.includes(part))].join('-'),
  );
  const namesBy = (template: string) => fillNames(roles, { ...naming, template });
  const tellsApart = (template: string) => new Set(namesBy(template)).size === roles.length;
  const template = templates.find(tellsApart) ?? templates.at(-1) ?? naming.template;
  const filled = namesBy(template);
  const given = new Set<string>();
  const names = roles.map((role, index) => {
    const own = filled[index] ?? '';
    const isLeft = (name: string) => isFree(name, naming) && !given.has(name);
    const name = isLeft(own)
      ? own
      : longerNames(role, own, naming, naming.taken.size + roles.length + 1).find(
          (one) => isLeft(one) && !filled.includes(one),
        );
    // Stryker disable next-line ConditionalExpression: there are more candidates than names that are not free
    if (name !== undefined) given.add(name);
    return name ?? '';
  });
  return { template, names };
}

/**
 * The name with what it lacks of account and provider behind it, then with a count, `most` of them. None for a name that no
 * profile may have.
 */
function longerNames(role: Role, name: string, naming: Naming, most: number): string[] {
  if (name !== '' && onDemandNameFailure(name) !== undefined) return [];
  const longer = additions.map((parts) => {
    const filled = parts.flatMap((template) => fillNames([role], { ...naming, template }));
    return [name, ...filled.filter((part) => !name.includes(part))].filter(Boolean).join('-');
  });
  const longest = longer.at(-1) ?? name;
  return [...longer, ...Array.from({ length: most }, (_, index) => `${longest}-${index + 2}`)];
}

/** The template filled in for each role, in lower case; names may be taken already. */
export const fillNames = (roles: readonly Role[], { template, accounts }: Omit<Naming, 'taken'>): string[] =>
  roles.map((role) => {
    const parts = partsOf(role);
    if (parts === undefined) return '';
    // Stryker disable next-line StringLiteral: each role has an account
    const account = parts.account ?? '';
    const accountName = accountPart(accounts[account]?.name, account);
    return nameOfFilled(fillTemplate(template, { ...parts, accountName }));
  });

/** Whether a new profile may have this name. Never `default`, which every AWS tool uses unless told otherwise. */
const isFree = (name: string, { taken }: Naming): boolean =>
  name !== 'default' && onDemandNameFailure(name) === undefined && !taken.has(name);
