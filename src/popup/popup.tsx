import { useRef, useState } from 'preact/hooks';
import type { EnvFormat } from '../core/profile/env-vars.ts';
import { AccountName } from '../page/account-name.tsx';
import { useNow, useView } from '../page/background.ts';
import { matching } from '../page/matching.ts';
import type { View } from '../webext/messages.ts';
import { text } from '../webext/text.ts';
import { Announcement } from './announcement.tsx';
import { Attention, OtherRoles } from './attention.tsx';
import { CopyNewest } from './copy-newest.tsx';
import { ChainEntry } from './entry/chain-entry.tsx';
import { RestingEntry } from './entry/resting-entry.tsx';
import { RoleEntry } from './entry/role-entry.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { useNewestLogin } from './parts/click-guard.ts';
import { type Entry, entriesOf, isFavourite, offeredRoles } from './parts/entries.ts';
import { few, useIsRestShown } from './parts/first-few.ts';
import { firstOf, type Group, groupsOf } from './parts/groups.ts';
import { useKeys } from './parts/keys.ts';
import { SearchField, searchFrom } from './parts/search-field.tsx';
import { wordsOf, wordsOfRole } from './parts/search-words.ts';

/** How many entries that need the user open by themselves; more would bury each other. */
const fewToOpen = 2;

/** The popup: on top what needs the user, below it one list of logins and profiles. One search goes through all of it. */
export function Popup() {
  const view = useView();
  useNewestLogin(view?.logins[0]?.id);
  useKeys();
  return view === undefined ? null : <Content view={view} />;
}

function Content({ view }: { view: View }) {
  const [search, setSearch] = useState('');
  const risen = useRef(new Set<string>());
  const entries = entriesOf(view, risen.current);
  for (const entry of entries) {
    if (entry.kind === 'role' && entry.needsPerson) risen.current.add(entry.key);
  }
  const found = matching(entries, search, (entry) => wordsOf(entry, view));
  const offered = offeredRoles(view);
  const offeredFound = matching(offered, search, (role) => wordsOfRole(role, view));
  return (
    <>
      <Header view={view} />
      {entries.length + offered.length > searchFrom && (
        <SearchField
          label={text('popup_search')}
          value={search}
          found={found.length + offeredFound.length}
          onInput={setSearch}
        />
      )}
      <CopyNewest view={view} />
      <Attention view={view} search={search} />
      <Announcement view={view} />
      {found.length > 0 && <Entries view={view} entries={found} risen={risen.current} />}
      {search !== '' && found.length + offeredFound.length === 0 && (
        <p class="hint">{text('popup_found', 0)}</p>
      )}
      {(search === '' || offeredFound.length > 0) && <OtherRoles view={view} search={search} />}
      <Footer view={view} />
    </>
  );
}

function Entries({
  view,
  entries,
  risen,
}: {
  view: View;
  entries: Entry[];
  /** Keys of entries that stand on top, see `entriesOf`. */
  risen: ReadonlySet<string>;
}) {
  const now = useNow(15);
  const [chosen, setFormat] = useState<EnvFormat>();
  const shell = { format: chosen ?? view.settings.format, onFormat: setFormat };
  const needy = entries.filter((entry) => entry.kind === 'role').filter(({ needsPerson }) => needsPerson);
  const groups = groupsOf(entries, view, risen);
  const listed = useIsRestShown() ? groups : firstOf(groups, few);

  /** How many need the user at once: of the newest login, which has just come, only its own count. */
  const besides = ({ login }: (typeof needy)[number]) =>
    login === view.logins[0] ? needy.filter((other) => other.login === login).length : needy.length;

  const show = (entry: Entry, group: Group) => {
    const shared = { key: entry.key, view, now, group };
    if (entry.kind === 'chain') {
      const indented = entry.follows && !isFavourite(entry, view);
      return <ChainEntry {...shared} chain={entry.chain} indented={indented} {...shell} />;
    }
    if (entry.kind === 'resting') return <RestingEntry {...shared} binding={entry.binding} />;
    return (
      <RoleEntry
        {...shared}
        login={entry.login}
        role={entry.role}
        {...shell}
        opensAtFirst={entry.needsPerson && besides(entry) <= fewToOpen}
      />
    );
  };

  return (
    <section class="list" aria-label={text('popup_list')}>
      {listed.map((group) => (
        <section key={group.accountId ?? group.of} class="group">
          {group.of === 'favourites' && <h2>{text('popup_favourites')}</h2>}
          {group.accountId !== undefined && (
            <h2>
              <AccountName settings={view.settings} accountId={group.accountId} />
            </h2>
          )}
          <ul class="entries">{group.entries.map((entry) => show(entry, group))}</ul>
        </section>
      ))}
    </section>
  );
}
