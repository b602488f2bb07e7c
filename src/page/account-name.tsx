import { accountNumber } from '../core/aws/account-number.ts';
import type { Settings } from '../webext/settings-schema.ts';
import { text } from '../webext/text.ts';

/** The user's name and colour for an account; empty if it has none. */
export const accountOf = (settings: Settings, accountId: string) =>
  settings.accounts[accountId] ?? { name: '', colour: 'none' as const };

/**
 * An account as users know it: its name on its colour, and its number. Colour never stands alone: the name is on it,
 * or the number if there is no name.
 */
export function AccountName({
  settings,
  accountId,
  isShort = false,
}: {
  settings: Settings;
  accountId: string;
  /** Only its name, if it has one. */
  isShort?: boolean;
}) {
  const { name, colour } = accountOf(settings, accountId);
  const number = accountNumber(accountId);
  if (name === '') {
    return (
      <span class="account">
        <span class={`account-mark ${colour}`}>{text('page_account', number)}</span>
      </span>
    );
  }
  return (
    <span class="account">
      <span class={`account-mark ${colour}`}>
        <bdi>{name}</bdi>
      </span>{' '}
      {!isShort && <span class="account-number">{number}</span>}
    </span>
  );
}
