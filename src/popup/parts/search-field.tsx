import { useId } from 'preact/hooks';
import { text } from '../../webext/text.ts';

/** With more than this many, people would rather search than read. */
export const searchFrom = 8;

/** A field that filters a list, and announces politely how many entries are left. */
export function SearchField({
  label,
  value,
  found,
  onInput,
}: {
  label: string;
  value: string;
  found: number;
  onInput: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="search">
      <label for={id} class="unseen">
        {label}
      </label>
      <input
        id={id}
        type="search"
        value={value}
        placeholder={label}
        spellcheck={false}
        autocomplete="off"
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      <span class="unseen" role="status">
        {value !== '' && text('popup_found', found)}
      </span>
    </div>
  );
}
