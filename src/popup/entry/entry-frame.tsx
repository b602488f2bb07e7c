import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { AccountName, accountOf } from '../../page/account-name.tsx';
import { Container } from '../../page/container.tsx';
import type { View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';

/** What all entries share: the role and its state in one line, and the rest inside. */
export function EntryFrame({
  view,
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
  subject: {
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
  const { accountId, roleName, container, sessionName } = subject;
  const label = text('popup_entryLabel', roleName, accountId);
  const { colour } = accountOf(view.settings, accountId);
  return (
    <li class={`entry ${colour}${indented ? ' indented' : ''}`}>
      <section class="card" aria-label={sessionName === undefined ? label : `${label}, ${sessionName}`}>
        <div class="entry-head">
          <button
            type="button"
            class="entry-title"
            id={`${id}-title`}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            <AccountName settings={view.settings} accountId={accountId} /> <Container id={container} />{' '}
            <span class="entry-role">
              <strong>{roleName}</strong>{' '}
              {profile !== undefined && (
                <code class="profile">
                  <span class="unseen">{text('popup_profile')} </span>
                  <bdi>{profile}</bdi>
                </code>
              )}
            </span>{' '}
            <span class="entry-status">{status}</span>
          </button>
          <div class="entry-actions">{actions(`${id}-title`)}</div>
        </div>
        {notes}
        {open && <div class="entry-body">{children()}</div>}
      </section>
    </li>
  );
}
