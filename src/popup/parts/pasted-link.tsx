import type { ConsolePage } from '../../core/aws/console.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { accountWords } from '../../webext/account-words.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { consoleAccess } from './console-access.ts';
import { type Entry, offeredRoles, subjectOf } from './entries.ts';

/** Whether a search looks like an address. */
export const isAddress = (search: string): boolean => /^\s*[a-z]+:\/\//i.test(search);

/**
 * The entries that can be meant to open this page with: of its account, or where the address names none, of its
 * partition. Those come first that it opens with right now.
 */
export function thoseFor({ partition, accountId }: ConsolePage, entries: Entry[], view: View): Entry[] {
  const there = entries.filter((entry) => parseRoleArn(subjectOf(entry).roleArn)?.partition === partition);
  const found = there.filter((entry) => accountId === undefined || subjectOf(entry).accountId === accountId);
  const now = Date.now();
  const opens = (entry: Entry) => consoleAccess(entry, view, now).state !== 'closed';
  return [...found.filter(opens), ...found.filter((entry) => !opens(entry))];
}

/** Says what becomes of a pasted address. */
export function PageNote({ page, found, view }: { page: ConsolePage; found: Entry[]; view: View }) {
  const { accountId, partition } = page;
  return (
    <p class="hint" role="status">
      {words()}
    </p>
  );

  function words(): string {
    if (accountId === undefined)
      return found.length > 0 ? text('popup_linkOpenAs') : text('popup_linkNoRole', partition);
    const account = accountWords(view.settings, accountId);
    if (found.length > 0) return text('popup_linkOfAccount', account);
    const isOffered = offeredRoles(view).some((role) => role.accountId === accountId);
    return text(isOffered ? 'popup_linkUnsaved' : 'popup_linkOfOtherAccount', account);
  }
}
