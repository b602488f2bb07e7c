import { browser } from '../../webext/browser.ts';
import { text } from '../../webext/text.ts';

/** What a notification is about; always the logins of one issuer. */
export type Notice =
  | {
      kind: 'ending';
      issuer: string;
      profiles: readonly string[];
      minutesLeft: number;
      /** Whether there is a sign-in link to renew them through. */
      canRenew: boolean;
    }
  | { kind: 'needs-you'; issuer: string };

const kinds: readonly Notice['kind'][] = ['ending', 'needs-you'];

const idOf = (kind: Notice['kind'], issuer: string) => `${kind} ${issuer}`;

/** The issuer that a notification of ours is about. */
export const issuerOfNotice = (id: string): string => id.slice(id.indexOf(' ') + 1);

/** Shows a notification, replacing an earlier one about the same. */
export async function showNotice(notice: Notice): Promise<void> {
  await browser.notifications.create(idOf(notice.kind, notice.issuer), {
    type: 'basic',
    iconUrl: browser.runtime.getURL('icons/128.png'),
    ...(notice.kind === 'ending' ? endingNotice(notice) : needsYouNotice()),
  });
}

function endingNotice({ profiles, minutesLeft, canRenew }: Extract<Notice, { kind: 'ending' }>) {
  const shown = profiles.length > 3 ? [...profiles.slice(0, 3), '…'] : profiles;
  const what = text('notification_endingText', shown.join(', '), minutesLeft);
  const title = text('notification_endingTitle');
  if (!canRenew) return { title, message: `${what}\n${text('notification_endingNoLink')}` };
  return hasButtons()
    ? { title, message: what, buttons: [{ title: text('notification_renew') }] }
    : { title, message: `${what}\n${text('notification_endingClick')}` };
}

const needsYouNotice = () => ({
  title: text('notification_needsYouTitle'),
  message: text('notification_needsYouText'),
});

/** Firefox refuses notifications with buttons. */
const hasButtons = (): boolean => !browser.runtime.getURL('').startsWith('moz-extension:');

/** Removes all notifications about an issuer. */
export async function clearNotices(issuer: string): Promise<void> {
  for (const kind of kinds) await browser.notifications.clear(idOf(kind, issuer));
}
