import type { ComponentChildren } from 'preact';
import { useId, useState } from 'preact/hooks';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { failureText } from '../../webext/failure-words.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';

/** As many as people see at a glance. */
const most = 6;

/**
 * A field for a profile's name that completes existing names, with the arrow keys and Enter
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/) or the mouse. `note` is below it, and is its description.
 */
export function ProfileNameField({
  label,
  hidesLabel = false,
  value,
  readOnly = false,
  suggested = false,
  note,
  warns,
  profiles,
  onInput,
  children,
}: {
  label: string;
  hidesLabel?: boolean;
  value: string;
  readOnly?: boolean;
  /** Whether `value` is only a suggestion: then typing replaces it. */
  suggested?: boolean;
  note: string;
  warns: boolean;
  profiles: View['profiles'];
  onInput: (value: string) => void;
  /** Next to the field. */
  children?: ComponentChildren;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const found = open ? completions(value, profiles) : [];
  const wrongName = profileNameFailure(value);

  const close = () => {
    setOpen(false);
    setActive(-1);
  };
  const choose = (name: string) => {
    onInput(name);
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const chosen = found[active];
    if (event.key === 'ArrowDown' && !readOnly) {
      setOpen(true);
      setActive(active + 1 < found.length || !open ? active + 1 : 0);
    } else if (event.key === 'ArrowUp' && open) {
      setActive(active > 0 ? active - 1 : found.length - 1);
    } else if (event.key === 'Enter' && chosen !== undefined) {
      choose(chosen.name);
    } else if (event.key === 'Escape' && found.length > 0) {
      close();
    } else {
      return;
    }
    event.preventDefault();
  };

  return (
    <div class="profile-name">
      <label for={id} class={hidesLabel ? 'unseen' : ''}>
        {label}
      </label>
      <div class="field">
        <div class="combobox">
          <input
            id={id}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={found.length > 0}
            aria-controls={`${id}-list`}
            aria-activedescendant={active >= 0 && found.length > 0 ? `${id}-${active}` : undefined}
            aria-invalid={wrongName !== undefined}
            aria-describedby={`${id}-note`}
            value={value}
            dir="ltr"
            readOnly={readOnly}
            spellcheck={false}
            autocomplete="off"
            autocapitalize="off"
            onFocus={({ currentTarget }) => suggested && currentTarget.select()}
            onInput={({ currentTarget }) => {
              onInput(currentTarget.value);
              setOpen(true);
              setActive(-1);
            }}
            onKeyDown={onKeyDown}
            onBlur={close}
          />
          <div
            id={`${id}-list`}
            role="listbox"
            aria-label={text('popup_existingProfiles')}
            hidden={found.length === 0}
          >
            {found.map(({ name, kind }, index) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's, which keeps the focus
              <div
                key={name}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === active}
                tabIndex={-1}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(name)}
              >
                <bdi>{name}</bdi>
                {kind !== 'temporary' && <span class="aside">{text('popup_notTemporary')}</span>}
              </div>
            ))}
          </div>
        </div>
        {children}
      </div>
      <p id={`${id}-note`} class={wrongName || warns ? 'hint warning' : 'hint'} role="status">
        {wrongName === undefined ? note : failureText(wrongName)}
      </p>
    </div>
  );
}

/** First names that start with what was typed, then those that contain it. */
function completions(typed: string, profiles: View['profiles']): View['profiles'] {
  const wanted = typed.toLowerCase();
  const has = profiles.filter(({ name }) => name !== typed && name.toLowerCase().includes(wanted));
  const begins = has.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  return [...begins, ...has.filter((one) => !begins.includes(one))].slice(0, most);
}
