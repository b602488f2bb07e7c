import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { Managed } from '../../page/managed.tsx';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';

interface SettingProps {
  id: string;
  label: string;
  hint?: string | undefined;
  /** The administrator has set it: it is shown, and cannot be changed. */
  fixed?: boolean | undefined;
}

/** A setting: its name, its control, what it does, and who has set it. */
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

/** A setting with several choices. */
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

/** A text setting, saved on leaving the field or pressing Enter. */
export function TextSetting({
  value,
  placeholder,
  problem,
  onType,
  ...setting
}: SettingProps & {
  value: string;
  placeholder?: string;
  /** What is wrong with a text; `undefined` if it can be saved. */
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

/** A line of text, saved on leaving the field or pressing Enter; what is wrong with it is shown below. */
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
  /** Used if there is no visible label. */
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
