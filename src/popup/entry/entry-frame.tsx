import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { AccountName, accountOf } from '../../page/account-name.tsx';
import { Container } from '../../page/container.tsx';
import type { View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';
import type { Group } from '../parts/groups.ts';
import { Star } from './star.tsx';

/** What all entries share: the role and its state in one line, and the rest inside. */
export function EntryFrame({
  view,
  group,
  subject,
  profile,
  status,
  actions,
  notes,
  indented = false,
  opensAtFirst = false,
  children,
}: {
  view: View;
  /** An account's name stands above its own entries; it need not be said again. */
  group: Group;
  subject: {
    roleArn: string;
    accountId: string;
    roleName: string;
    container?: string | undefined;
    /** Tells the entry apart from another one of the same role. */
    sessionName?: string | undefined;
  };
  /** The profile, once decided. */
  profile?: string | undefined;
  status: ComponentChildren;
  /** Buttons in the line, described by the element `titleId`. */
  actions: (titleId: string) => ComponentChildren;
  /** Visible whether the entry is open or not. */
  notes?: ComponentChildren;
  /** It belongs to the entry above it. */
  indented?: boolean;
  opensAtFirst?: boolean;
  children: () => ComponentChildren;
}) {
  const id = useId();
  const [open, setOpen] = useState(opensAtFirst);
  const { roleArn, accountId, roleName, container, sessionName } = subject;
  const isFavourite = group.of === 'favourites';
  const label = text('popup_entryLabel', roleName, accountId);
  const { colour } = accountOf(view.settings, accountId);
  return (
    <li class={`entry ${colour}${indented ? ' indented' : ''}`}>
      <section class="card" aria-label={sessionName === undefined ? label : `${label}, ${sessionName}`}>
        <div class="entry-head">
          <Star view={view} roleArn={roleArn} describedBy={`${id}-title`} />
          <button
            type="button"
            class="entry-title"
            id={`${id}-title`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <span class="entry-name">
              {profile === undefined ? (
                <strong>{roleName}</strong>
              ) : (
                <>
                  <span class="unseen">{text('popup_profile')} </span>
                  <code>
                    <bdi>{profile}</bdi>
                  </code>{' '}
                  <span class={isFavourite ? 'unseen' : 'entry-role'}>{roleName}</span>
                </>
              )}{' '}
              {accountId !== group.accountId && (
                <AccountName settings={view.settings} accountId={accountId} isShort={isFavourite} />
              )}
            </span>{' '}
            <span class="entry-status">{status}</span> <Container id={container} />
          </button>
          <div class="entry-actions">{actions(`${id}-title`)}</div>
        </div>
        {notes}
        {open && <div class="entry-body">{children()}</div>}
      </section>
    </li>
  );
}
