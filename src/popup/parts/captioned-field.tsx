import { useId } from 'preact/hooks';

/** A field for code, such as a pattern or a region: its caption above, a hint below, or in its place what is wrong. */
export function CaptionedField({
  caption,
  value,
  placeholder,
  maxLength,
  readOnly,
  offered,
  hint,
  problem,
  onType,
}: {
  caption: string;
  value: string;
  placeholder?: string;
  maxLength: number;
  readOnly: boolean;
  /** Values to choose from; others may be typed too. */
  offered?: readonly string[];
  hint: string;
  problem: string | undefined;
  onType: (value: string) => void;
}) {
  const id = useId();
  return (
    <div class="captioned-field">
      <label for={id}>{caption}</label>
      <input
        id={id}
        class="code"
        list={offered && `${id}-offered`}
        value={value}
        placeholder={placeholder}
        dir="ltr"
        maxLength={maxLength}
        readOnly={readOnly}
        spellcheck={false}
        autocomplete="off"
        autocapitalize="off"
        aria-invalid={problem !== undefined}
        aria-describedby={`${id}-hint`}
        onInput={({ currentTarget }) => onType(currentTarget.value)}
      />
      {offered && (
        <datalist id={`${id}-offered`}>
          {offered.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      )}
      <p id={`${id}-hint`} class={problem === undefined ? 'hint' : 'hint warning'} role="status">
        {problem ?? hint}
      </p>
    </div>
  );
}
