import { accountNumber } from '../core/aws/account-number.ts';
import type { Settings } from '../webext/settings-schema.ts';
import { text } from '../webext/text.ts';

/** What the person calls an account; nothing where they gave it no name. */
export const accountOf = (settings: Settings, accountId: string) =>
  settings.accounts[accountId] ?? { name: '', colour: 'none' as const };

/**
 * An account as a person knows it: its name on its colour, and its number. The colour is never alone: the name stands
 * on it, or the number where there is no name.
 */
export function AccountName({ settings, accountId }: { settings: Settings; accountId: string }) {
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
      <span class="account-number">{number}</span>
    </span>
  );
}
