import { useState } from 'preact/hooks';
import type { ConsolePage } from '../core/aws/console.ts';
import type { EnvFormat } from '../core/profile/env-vars.ts';
import { AccountName } from '../page/account-name.tsx';
import { useNow } from '../page/background.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';
import { ChainEntry } from './entry/chain-entry.tsx';
import { RestingEntry } from './entry/resting-entry.tsx';
import { RoleEntry } from './entry/role-entry.tsx';
import { type Entry, isFavourite } from './parts/entries.ts';
import { few, useIsRestShown } from './parts/first-few.ts';
import { firstOf, type Group, groupsOf } from './parts/groups.ts';

/** How many entries that need the user open by themselves; more would bury each other. */
const fewToOpen = 2;

/** Entries in their groups, the first few at once. */
export function List({
  view,
  entries,
  risen,
  page,
}: {
  view: View;
  entries: Entry[];
  /** Keys of entries that stand on top, see `entriesOf`. */
  risen: ReadonlySet<string>;
  /** A page of the console to open. */
  page: ConsolePage | undefined;
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
    const place = { view, entry, group, now, page };
    if (entry.kind === 'chain') {
      const indented = entry.follows && !isFavourite(entry, view);
      return <ChainEntry key={entry.key} place={place} chain={entry.chain} indented={indented} {...shell} />;
    }
    if (entry.kind === 'resting')
      return <RestingEntry key={entry.key} place={place} binding={entry.binding} {...shell} />;
    return (
      <RoleEntry
        key={entry.key}
        place={place}
        login={entry.login}
        role={entry.role}
        {...shell}
        opensAtFirst={page === undefined && entry.needsPerson && besides(entry) <= fewToOpen}
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
