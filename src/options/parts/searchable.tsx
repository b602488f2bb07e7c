import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { matching } from '../../page/matching.ts';
import { text } from '../../webext/text.ts';

/** From this many on, people would rather search than read. */
const many = 8;
/** How many are shown before the user asks for all. */
const page = 50;

/** A list with a search field if it is long, and only its first part if it is very long. */
export function Searchable<T>({
  items,
  wordsOf,
  children,
}: {
  items: T[];
  wordsOf: (item: T) => (string | undefined)[];
  children: (shown: T[]) => ComponentChildren;
}) {
  const id = useId();
  const [search, setSearch] = useState('');
  const [all, setAll] = useState(false);
  const found = matching(items, search, wordsOf);
  const shown = all ? found : found.slice(0, page);
  return (
    <>
      {items.length >= many && (
        <div class="search">
          <label for={id} class="unseen">
            {text('options_search')}
          </label>
          <input
            id={id}
            type="search"
            value={search}
            placeholder={text('options_search')}
            spellcheck={false}
            autocomplete="off"
            onInput={({ currentTarget }) => setSearch(currentTarget.value)}
          />
          <span class="hint" role="status">
            {search === ''
              ? text('options_count', items.length)
              : text('options_found', found.length, items.length)}
          </span>
        </div>
      )}
      {children(shown)}
      {shown.length < found.length && (
        <button type="button" onClick={() => setAll(true)}>
          {text('options_showAll', found.length)}
        </button>
      )}
    </>
  );
}
