import type { Policy } from '../../core/policy/policy.ts';
import type { Settings } from '../../webext/settings-schema.ts';
import type { AccountOrigins } from '../../webext/view.ts';
import type { FoundNames } from '../state/found-names.ts';

type Accounts = Settings['accounts'];

const blank: Accounts[string] = { name: '', colour: 'none' };

/** Names and colours of accounts from all who may give them. */
export interface AccountSources {
  /** The user's own. */
  chosen: Accounts;
  found: FoundNames;
  policy: Policy;
}

/** The names and colours in effect: the administrator's, else the user's, else a found name. */
export function accountsInEffect({ chosen, found, policy }: AccountSources): Accounts {
  const accounts = new Map(Object.entries(chosen));
  for (const [accountId, { name }] of Object.entries(found)) {
    const own = accounts.get(accountId) ?? blank;
    if (own.name === '' && name !== '') accounts.set(accountId, { ...own, name });
  }
  for (const { accountId, ...fixed } of policy.accounts ?? []) {
    accounts.set(accountId, { ...blank, ...accounts.get(accountId), ...fixed });
  }
  return Object.fromEntries(accounts);
}

/** Of changed names and colours, what the user chose: what others gave is not stored as the user's choice. */
export function accountsChosen(changed: Accounts, { chosen, found, policy }: AccountSources): Accounts {
  const fixed = new Map(policy.accounts?.map(({ accountId, ...one }) => [accountId, one]));
  const ofBoth = Object.entries({ ...pick(chosen, fixed), ...changed });
  return Object.fromEntries(
    ofBoth.flatMap(([accountId, { name, colour }]) => {
      const own = chosen[accountId] ?? blank;
      const given = fixed.get(accountId);
      const isFound = own.name === '' && name === found[accountId]?.name;
      const account = {
        name: given?.name !== undefined ? own.name : isFound ? '' : name,
        colour: given?.colour === undefined ? colour : own.colour,
      };
      return account.name === '' && account.colour === 'none' ? [] : [[accountId, account]];
    }),
  );
}

/** What the administrator overrides is not lost, should the policy go. */
const pick = (accounts: Accounts, of: ReadonlyMap<string, unknown>): Accounts =>
  Object.fromEntries(Object.entries(accounts).filter(([accountId]) => of.has(accountId)));

/** Which names and colours in effect are not the user's, and whose. */
export function accountOrigins({ chosen, found, policy }: AccountSources): AccountOrigins {
  const origins: AccountOrigins = {};
  for (const [accountId, { name, from }] of Object.entries(found)) {
    if (name !== '' && (chosen[accountId]?.name ?? '') === '') origins[accountId] = { name: from };
  }
  for (const { accountId, name, colour } of policy.accounts ?? []) {
    origins[accountId] = {
      ...origins[accountId],
      ...(name !== undefined && { name: 'policy' as const }),
      ...(colour !== undefined && { colour: 'policy' as const }),
    };
  }
  return origins;
}
