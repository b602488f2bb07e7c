import { accountOfArn } from '../../core/aws/account-number.ts';
import type { ImportChange } from '../../webext/import-review.ts';
import { issuerNames } from '../../webext/issuer-names.ts';
import type { SomeSettings } from '../../webext/settings-schema.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import type { Binding } from '../rules/bindings.ts';
import { readChangingNames } from '../rules/changing-names.ts';
import type { Chain } from '../state/chains.ts';
import type { Memory } from '../state/memory.ts';
import { knownIssuers } from './known-issuers.ts';
import { readRules } from './read-rules.ts';
import { readStandingSettings } from './settings.ts';

/** A change that a file would make: as it is shown, and what it does. */
export interface Proposal extends Omit<ImportChange, 'id' | 'needs'> {
  put: { binding?: Binding; chain?: Chain; settings?: SomeSettings };
  /** The profile whose binding from the same file is needed too. */
  needsProfile?: string;
}

/** What a file is compared with. */
export type Here = Awaited<ReturnType<typeof readHere>>;

/** Reads the current settings. Asks the host for the profiles again. */
export async function readHere(memory: Memory) {
  const [rules, settings, files, changingNames] = await Promise.all([
    readRules(memory),
    readStandingSettings(memory),
    refreshHostProfiles(memory),
    readChangingNames(memory),
  ]);
  const names = issuerNames(knownIssuers({ ...rules, settings, changingNames }), settings.issuerNames);
  return { rules, settings, files, names };
}

/** What the user or the administrator has dealt with. Logins don't count: any web page can post one. */
export function knownHere({ rules: { policy, bindings, chains }, settings }: Here) {
  const { allowedAccounts = [], allowedIssuers = [] } = policy.ok ? policy.value : {};
  const links = Object.entries(settings.signInLinks);
  return {
    accounts: new Set([...allowedAccounts, ...[...bindings, ...chains].map(accountOf)]),
    issuers: new Set([
      ...allowedIssuers,
      ...bindings.map(({ issuer }) => issuer),
      ...links.map(([issuer]) => issuer),
      ...Object.keys(settings.issuerNames),
    ]),
    hosts: new Set(links.map(([, url]) => new URL(url).host)),
  };
}

export type Known = ReturnType<typeof knownHere>;

export const accountOf = ({ roleArn }: { roleArn: string }): string => accountOfArn(roleArn) ?? '';
