import { accountNumber } from '../../core/aws/account-number.ts';
import { providerName } from '../../core/aws/role.ts';
import type { View } from '../../webext/view.ts';
import { type Entry, subjectOf } from './entries.ts';

/** The words of an entry that a search looks through. */
export function wordsOf(entry: Entry, view: View): string[] {
  if (entry.kind === 'role') return wordsOfRole(entry.role, view, entry.login.issuer);
  if (entry.kind === 'resting') return wordsOfRole(entry.binding, view, entry.binding.issuer);
  return [...wordsOfRole(subjectOf(entry), view), entry.chain.source];
}

/** The words of a role that a search looks through. */
export const wordsOfRole = (
  {
    accountId,
    roleName,
    profile,
    providerArn = '',
  }: { accountId: string; roleName: string; profile: string; providerArn?: string },
  { settings }: View,
  issuer = '',
): string[] => [
  accountId,
  accountNumber(accountId),
  settings.accounts[accountId]?.name ?? '',
  roleName,
  profile,
  providerName(providerArn) ?? '',
  // Not the entity id: words like “test” or “prod” in it would find all its roles.
  Object.hasOwn(settings.issuerNames, issuer) ? (settings.issuerNames[issuer] ?? '') : '',
];
