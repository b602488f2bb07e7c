import { useRef, useState } from 'preact/hooks';
import { parseConsolePage } from '../core/aws/console.ts';
import { program } from '../core/words/program.ts';
import { useView } from '../page/background.ts';
import { Called } from '../page/called.ts';
import { matching } from '../page/matching.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';
import { Announcement } from './announcement.tsx';
import { Attention, OtherRoles } from './attention.tsx';
import { CopyNewest } from './copy-newest.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { KeyList } from './key-list.tsx';
import { LinkOffer } from './link-offer.tsx';
import { List } from './list.tsx';
import { useNewestLogin } from './parts/click-guard.ts';
import { entriesOf, offeredRoles } from './parts/entries.ts';
import { useKeys } from './parts/keys.ts';
import { isAddress, PageNote, thoseFor } from './parts/pasted-link.tsx';
import { SearchField, searchFrom } from './parts/search-field.tsx';
import { wordsOf, wordsOfRole } from './parts/search-words.ts';

/**
 * The popup: on top what needs the user, below it one list of logins and profiles. One search goes through all of it,
 * and takes the address of a page of the console to open.
 */
export function Popup() {
  const view = useView();
  if (view === undefined) return null;
  return (
    <Called.Provider value={view.host?.called ?? program}>
      <Content view={view} />
    </Called.Provider>
  );
}

function Content({ view }: { view: View }) {
  useNewestLogin(view.logins[0]?.id);
  useKeys();
  const [search, setSearch] = useState('');
  const [showsKeys, setShowsKeys] = useState(false);
  const risen = useRef(new Set<string>());
  const page = parseConsolePage(search);
  const entries = entriesOf(view, risen.current, search !== '' && page === undefined);
  for (const entry of entries) {
    if (entry.kind === 'role' && entry.needsPerson) risen.current.add(entry.key);
  }
  const found =
    page === undefined
      ? matching(entries, search, (entry) => wordsOf(entry, view))
      : thoseFor(page, entries, view);
  const offered = offeredRoles(view);
  const offeredFound = matching(offered, search, (role) => wordsOfRole(role, view, view.logins[0]?.issuer));
  const all = entries.length + offered.length;
  const many = found.length + offeredFound.length;
  return (
    <>
      <Header view={view} showsKeys={showsKeys} onKeys={() => setShowsKeys(!showsKeys)} />
      {showsKeys && <KeyList />}
      {(all > 0 || search !== '') && (
        <SearchField
          label={text('popup_search')}
          value={search}
          found={many}
          isTucked={all <= searchFrom}
          onInput={setSearch}
        />
      )}
      <CopyNewest view={view} />
      {page === undefined && <Attention view={view} search={search} />}
      <Announcement view={view} />
      {search === '' && view.linkOffer && (
        <LinkOffer key={view.linkOffer.issuer} view={view} offer={view.linkOffer} />
      )}
      {page !== undefined && <PageNote page={page} found={found} view={view} />}
      {found.length > 0 && <List view={view} entries={found} risen={risen.current} page={page} />}
      {page === undefined && search !== '' && many === 0 && (
        <p class="hint">{isAddress(search) ? text('popup_linkNotConsole') : text('popup_found', 0)}</p>
      )}
      {(search === '' || offeredFound.length > 0) && (
        <OtherRoles key={view.logins[0]?.id} view={view} search={search} />
      )}
      <Footer view={view} />
    </>
  );
}
