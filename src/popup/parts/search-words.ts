import { accountNumber } from '../../core/aws/account-number.ts';
import type { View } from '../../webext/messages.ts';
import { type Entry, subjectOf } from './entries.ts';

/** The words of an entry that a search looks through. */
export const wordsOf = (entry: Entry, view: View): string[] => wordsOfRole(subjectOf(entry), view);

/** The words of a role that a search looks through. */
export const wordsOfRole = (
  { accountId, roleName, profile }: { accountId: string; roleName: string; profile: string },
  { settings }: View,
): string[] => [
  accountId,
  accountNumber(accountId),
  settings.accounts[accountId]?.name ?? '',
  roleName,
  profile,
];
