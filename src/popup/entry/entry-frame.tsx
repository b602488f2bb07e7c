import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { ConsolePage } from '../../core/aws/console.ts';
import { AccountName, accountOf } from '../../page/account-name.tsx';
import { Container } from '../../page/container.tsx';
import { rightsWords } from '../../webext/rights-words.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { consoleAccess } from '../parts/console-access.ts';
import { type Entry, subjectOf } from '../parts/entries.ts';
import type { Group } from '../parts/groups.ts';
import { setEntryKeys } from '../parts/keys.ts';
import { shortName } from '../parts/short-name.ts';
import { consoleLink, OpenConsole, openLink, WhyNoConsole } from './console.tsx';
import { Star } from './star.tsx';

/** What every entry is given: itself, and where it stands. */
export interface EntryPlace {
  view: View;
  entry: Entry;
  group: Group;
  /** Milliseconds since the epoch. */
  now: number;
  /** A page of the console to open. */
  page: ConsolePage | undefined;
}

/** What all entries share: the role and its state in one line, the console, and the rest inside. */
export function EntryFrame({
  place: { view, entry, group, now, page },
  container,
  sessionName,
  profile,
  status,
  actions,
  notes,
  keys,
  indented = false,
  opensAtFirst = false,
  children,
}: {
  place: EntryPlace;
  container?: string | undefined;
  /** Tells the entry apart from another one of the same role. */
  sessionName?: string | undefined;
  /** The profile, once decided. */
  profile?: string | undefined;
  status: ComponentChildren;
  /** Buttons in the line, described by the element `titleId`. */
  actions: (titleId: string) => ComponentChildren;
  /** Visible whether the entry is open or not. */
  notes?: ComponentChildren;
  /** What its keys do; without something to do they open the entry, which says why. */
  keys: { env?: (() => unknown) | undefined; renew?: (() => unknown) | undefined };
  /** It belongs to the entry above it. */
  indented?: boolean;
  opensAtFirst?: boolean;
  /** The inside, with the button for the console. */
  children: (openConsole: ComponentChildren) => ComponentChildren;
}) {
  const id = useId();
  const [open, setOpen] = useState(opensAtFirst);
  const [asksWhy, setAsksWhy] = useState(false);
  const { roleArn, accountId, roleName, sessionPolicy } = subjectOf(entry);
  const access = consoleAccess(entry, view, now);
  const link = consoleLink(access, roleArn, profile ?? roleName, page);
  const openConsole = (describedBy?: string) => (
    <OpenConsole
      link={link}
      describedBy={describedBy}
      isWhyShown={asksWhy}
      onWhy={() => setAsksWhy(!asksWhy)}
    />
  );
  const opens = () => setOpen(true);
  const consoleKey = () => (link === undefined ? setAsksWhy(true) : openLink(link));
  const ownKeys = { env: keys.env ?? opens, renew: keys.renew ?? opens, console: consoleKey };
  const why = access.state === 'closed' && asksWhy && (
    <WhyNoConsole view={view} entry={entry} access={access} />
  );
  // Below the button that asked.
  const isWhyInside = open && page === undefined;
  const rights = sessionPolicy && rightsWords(sessionPolicy);
  const role = rights === undefined ? roleName : `${roleName} · ${rights}`;
  const label = [text('popup_entryLabel', roleName, accountId), rights, sessionName]
    .filter((part) => part !== undefined)
    .join(', ');
  const isFavourite = group.of === 'favourites';
  const { colour, name: accountName } = accountOf(view.settings, accountId);
  // An account's name stands above its own entries.
  const isAccountNamed = accountId !== group.accountId;
  const isAccountBeside = isFavourite && accountName !== '';
  // More room for the name, which says it already.
  const isRoleInName = !open && profile?.toLowerCase().includes(roleName.toLowerCase());
  const isRoleBelow = profile !== undefined && rights !== undefined;
  const account = isAccountNamed && (
    <AccountName settings={view.settings} accountId={accountId} isShort={isAccountBeside} />
  );
  return (
    <li
      class={`entry ${colour}${indented ? ' indented' : ''}`}
      ref={(line) => setEntryKeys(line, page === undefined ? ownKeys : { ...ownKeys, enter: consoleKey })}
    >
      <section class="card" aria-label={label}>
        <div class="entry-head">
          <Star view={view} roleArn={roleArn} describedBy={`${id}-title`} />
          <button
            type="button"
            class="entry-title"
            id={`${id}-title`}
            aria-expanded={open}
            aria-keyshortcuts="Enter Shift+Enter Control+Enter Alt+Enter"
            onClick={() => setOpen(!open)}
          >
            <span class="entry-name" title={[profile, role].filter((part) => part !== undefined).join(' · ')}>
              {profile === undefined ? (
                <strong>{role}</strong>
              ) : (
                <>
                  <span class="unseen">{text('popup_profile')} </span>
                  <code>
                    <ProfileName name={profile} isShort={!open} />
                  </code>
                </>
              )}{' '}
              {profile !== undefined && !isRoleBelow && (
                <span class={isFavourite || isRoleInName ? 'unseen' : 'entry-role'}>{role}</span>
              )}{' '}
              {isAccountBeside && account}
            </span>{' '}
            {(isRoleBelow || (account && !isAccountBeside)) && (
              <span class="entry-below">
                {isRoleBelow && <span class="entry-role">{role}</span>} {!isAccountBeside && account}
              </span>
            )}{' '}
            <span class="entry-status">{status}</span> <Container id={container} />
          </button>
          <div class="entry-actions">
            {page === undefined ? actions(`${id}-title`) : openConsole(`${id}-title`)}
          </div>
        </div>
        {notes}
        {!isWhyInside && why}
        {open && <div class="entry-body">{children(openConsole())}</div>}
        {isWhyInside && why}
      </section>
    </li>
  );
}

/** The name whole, or shortened to what a line has room for; screen readers say all of it. */
function ProfileName({ name, isShort }: { name: string; isShort: boolean }) {
  const short = shortName(name);
  if (!isShort || short === name) return <bdi>{name}</bdi>;
  return (
    <>
      <bdi class="unseen">{name}</bdi>
      <bdi aria-hidden="true">{short}</bdi>
    </>
  );
}
