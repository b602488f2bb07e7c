import type { RoleView } from '../webext/login-view.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';

/** Tells screen readers, politely, how the newest login proceeds; never how its time runs out. */
export function Announcement({ view }: { view: View }) {
  const asked = view.logins[0]?.roles.filter(({ state }) => state !== 'offered') ?? [];
  const [only] = asked;
  const saved = asked.filter(({ state }) => state === 'saved').length;
  const isMany = asked.length > 1;
  return (
    <p class={isMany ? 'tally' : 'unseen'} role="status">
      {isMany ? text('popup_savedOf', saved, asked.length) : only && sentenceOf(only, view)}
    </p>
  );
}

function sentenceOf({ state, roleName, profile }: RoleView, { policy }: View): string {
  if (state === 'exchanging') return text(policy.awaited ? 'page_policyAwaited' : 'popup_asking');
  if (state === 'saving') return text('popup_writing');
  if (state === 'saved') return text('popup_savedAnnouncement', roleName, profile);
  return state === 'ready' ? text('popup_readyAnnouncement', roleName) : '';
}
