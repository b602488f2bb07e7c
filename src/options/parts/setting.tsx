import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Managed } from '../../page/managed.tsx';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';

interface SettingProps {
  id: string;
  label: string;
  hint?: string | undefined;
  /** The administrator fixed it: it is shown, and cannot be changed. */
  fixed?: boolean | undefined;
}

/** A setting: its name, the control for it, what it does, and whose word it is. */
function Setting({ id, label, hint, fixed, children }: SettingProps & { children: ComponentChildren }) {
  return (
    <div class="setting">
      <label for={id}>{label}</label>
      <div class="setting-control">
        {children}
        {hint !== undefined && (
          <p class="hint" id={`${id}-hint`}>
            {hint}
          </p>
        )}
        {fixed && <Managed what={text('options_fixed')} />}
      </div>
    </div>
  );
}

/** A setting that is one of several. */
export function ChoiceSetting<T extends string>({
  value,
  choices,
  onChoose,
  ...setting
}: SettingProps & {
  value: T;
  choices: { value: T; label: string; disabled?: boolean }[];
  onChoose: (value: T) => unknown;
}) {
  return (
    <Setting {...setting}>
      <select
        id={setting.id}
        value={value}
        disabled={setting.fixed}
        aria-describedby={describedBy(setting)}
        onChange={trusted(({ currentTarget }) => onChoose(currentTarget.value as T))}
      >
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} disabled={choice.disabled}>
            {choice.label}
          </option>
        ))}
      </select>
    </Setting>
  );
}

/** A setting that is on or off. */
export function SwitchSetting({
  value,
  onSwitch,
  ...setting
}: SettingProps & { value: boolean; onSwitch: (on: boolean) => unknown }) {
  return (
    <Setting {...setting}>
      <input
        id={setting.id}
        type="checkbox"
        class="switch"
        checked={value}
        disabled={setting.fixed}
        aria-describedby={describedBy(setting)}
        onChange={trusted(({ currentTarget }) => onSwitch(currentTarget.checked))}
      />
    </Setting>
  );
}

/** A setting that is a line of text, taken over when it is left or Enter is pressed. */
export function TextSetting({
  value,
  placeholder,
  problem,
  onType,
  ...setting
}: SettingProps & {
  value: string;
  placeholder?: string;
  /** What is wrong with a text; `undefined` when it can be taken over. */
  problem: (value: string) => string | undefined;
  onType: (value: string) => unknown;
}) {
  return (
    <Setting {...setting}>
      <TextInput
        id={setting.id}
        value={value}
        fixed={setting.fixed}
        placeholder={placeholder}
        problem={problem}
        onType={onType}
        describedBy={describedBy(setting)}
      />
    </Setting>
  );
}

const describedBy = ({ id, hint }: SettingProps) => (hint === undefined ? undefined : `${id}-hint`);

/** A line of text, taken over when it is left or Enter is pressed; what is wrong with it is said below. */
export function TextInput({
  id,
  label,
  value,
  placeholder,
  fixed,
  describedBy,
  problem,
  onType,
}: {
  id: string;
  /** Where no label stands beside it. */
  label?: string;
  value: string;
  placeholder?: string | undefined;
  fixed?: boolean | undefined;
  describedBy?: string | undefined;
  problem: (value: string) => string | undefined;
  onType: (value: string) => unknown;
}) {
  const [draft, setDraft] = useState(value);
  useEffect(() => setDraft(value), [value]);
  const wrong = draft === value ? undefined : problem(draft.trim());
  const problemId = `${id}-problem`;
  return (
    <>
      <input
        id={id}
        aria-label={label}
        value={draft}
        placeholder={placeholder}
        readOnly={fixed}
        spellcheck={false}
        autocomplete="off"
        aria-invalid={wrong !== undefined}
        aria-describedby={wrong === undefined ? describedBy : problemId}
        onInput={({ currentTarget }) => setDraft(currentTarget.value)}
        onChange={trusted(({ currentTarget }) => {
          const typed = currentTarget.value.trim();
          if (typed !== value && problem(typed) === undefined) onType(typed);
        })}
      />
      <p class="problem" id={problemId} role="status">
        {wrong}
      </p>
    </>
  );
}
