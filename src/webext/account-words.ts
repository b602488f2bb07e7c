import { accountNumber } from '../core/aws/account-number.ts';
import { printable } from '../core/words/printable.ts';
import type { Settings } from './settings-schema.ts';

/** An account in a sentence: its name, if it has one, and its number. */
export function accountWords({ accounts }: Settings, accountId: string): string {
  const name = printable(accounts[accountId]?.name ?? '');
  const number = accountNumber(accountId);
  return name === '' ? number : `${name} (${number})`;
}
