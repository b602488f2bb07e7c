import type { View } from '../../webext/view.ts';
import { type Entry, isFavourite, subjectOf } from './entries.ts';

/** Entries that stand together under one heading. */
export interface Group {
  /** On top those that need the user, then favourites, then one group for each account. */
  of: 'person' | 'favourites' | 'account';
  /** Of a group for an account. */
  accountId?: string;
  entries: Entry[];
}

/**
 * The list in its groups, accounts in the order of their first entries. A second role stays behind the role that it is
 * assumed from, unless it is a favourite itself. `risen` are the keys of entries on top, see `entriesOf`.
 */
export function groupsOf(entries: readonly Entry[], view: View, risen: ReadonlySet<string>): Group[] {
  const person: Group = { of: 'person', entries: [] };
  const favourites: Group = { of: 'favourites', entries: [] };
  const accounts = new Map<string, Group>();
  const groupOfAccount = (accountId: string) => {
    const group: Group = accounts.get(accountId) ?? { of: 'account', accountId, entries: [] };
    accounts.set(accountId, group);
    return group;
  };
  let group = person;
  for (const entry of entries) {
    const isLoved = isFavourite(entry, view);
    if (entry.kind === 'chain' && isLoved) {
      favourites.entries.push(entry);
      continue;
    }
    if (risen.has(entry.key)) group = person;
    else if (isLoved) group = favourites;
    else if (entry.kind !== 'chain' || !entry.follows) group = groupOfAccount(subjectOf(entry).accountId);
    group.entries.push(entry);
  }
  return [person, favourites, ...accounts.values()].filter(({ entries }) => entries.length > 0);
}

/** The first `most` entries, in their groups. */
export function firstOf(groups: readonly Group[], most: number): Group[] {
  let left = most;
  return groups
    .map((group) => {
      const entries = group.entries.slice(0, left);
      left -= entries.length;
      return { ...group, entries };
    })
    .filter(({ entries }) => entries.length > 0);
}
