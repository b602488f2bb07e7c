import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { matching } from '../../page/matching.ts';
import { text } from '../../webext/text.ts';

/** From how many on a person would rather search than read. */
const many = 8;
/** As many as are shown before the person asks for all of them. */
const page = 50;

/** A list that can be searched where it is long, and that shows its first part where it is very long. */
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
