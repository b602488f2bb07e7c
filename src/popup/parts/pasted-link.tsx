import { accountNumber } from '../../core/aws/account-number.ts';
import type { ConsolePage } from '../../core/aws/console.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { consoleAccess } from './console-access.ts';
import { type Entry, subjectOf } from './entries.ts';

/** Whether a search looks like an address. */
export const isAddress = (search: string): boolean => /^\s*[a-z]+:\/\//i.test(search);

/**
 * The entries that can be meant to open this page with: of its account, or where the address names none that is here,
 * of its partition. Those come first that it opens with right now.
 */
export function thoseFor({ partition, accountId }: ConsolePage, entries: Entry[], view: View): Entry[] {
  const there = entries.filter((entry) => parseRoleArn(subjectOf(entry).roleArn)?.partition === partition);
  const named = there.filter((entry) => subjectOf(entry).accountId === accountId);
  const found = named.length > 0 ? named : there;
  const now = Date.now();
  const opens = (entry: Entry) => consoleAccess(entry, view, now).state !== 'closed';
  return [...found.filter(opens), ...found.filter((entry) => !opens(entry))];
}

/** Says what becomes of a pasted address. */
export function PageNote({ page: { accountId, partition }, found }: { page: ConsolePage; found: Entry[] }) {
  return (
    <p class="hint" role="status">
      {words()}
    </p>
  );

  function words(): string {
    if (found.length === 0) return text('popup_linkNoRole', partition);
    if (accountId === undefined) return text('popup_linkOpenAs');
    const isThere = found.some((entry) => subjectOf(entry).accountId === accountId);
    return text(isThere ? 'popup_linkOfAccount' : 'popup_linkOfOtherAccount', accountNumber(accountId));
  }
}
