import { useId, useState } from 'preact/hooks';
import { text } from '../../webext/text.ts';

/** With more than this many, people would rather search than read. */
export const searchFrom = 8;

/** A field that filters a list, and announces politely how many entries are left. Tucked away, it waits for keys. */
export function SearchField({
  label,
  value,
  found,
  isTucked,
  onInput,
}: {
  label: string;
  value: string;
  found: number;
  /** Out of sight while it is neither used nor has the focus: there is little to search. */
  isTucked: boolean;
  onInput: (value: string) => void;
}) {
  const id = useId();
  const [isFocused, setFocused] = useState(false);
  return (
    <div class={isTucked && !isFocused && value === '' ? 'search unseen' : 'search'}>
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
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onInput={({ currentTarget }) => onInput(currentTarget.value)}
      />
      <span class="unseen" role="status">
        {value !== '' && text('popup_found', found)}
      </span>
    </div>
  );
}
