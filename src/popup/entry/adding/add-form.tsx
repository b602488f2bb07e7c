import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Failure } from '../../../core/failure.ts';
import type { BindingKey } from '../../../core/profile/binding.ts';
import { profileNameFailure } from '../../../core/profile/profile-name.ts';
import type { Result } from '../../../core/result.ts';
import { FailureNote } from '../../../page/failure-note.tsx';
import { phrase } from '../../../page/phrase.tsx';
import { trusted } from '../../../page/trusted.ts';
import { text } from '../../../webext/text.ts';
import type { View } from '../../../webext/view.ts';
import { nameWarning } from '../../parts/name-warning.ts';
import { ProfileNameField } from '../../parts/profile-name-field.tsx';

/** The profile that a form adds, and what it is for. */
export interface NewProfile {
  label: string;
  name: string;
  onName: (name: string) => void;
  of: BindingKey & { accountId: string };
  /** Whether what it is for is complete. */
  isComplete: boolean;
  /** Clears the fields if it goes well. */
  add: () => Promise<Result<void>>;
}

/** A folded form that adds a profile: the fields that say what it is for, its name, and what came of the last click. */
export function AddForm({
  view,
  title,
  hint,
  profile,
  children,
}: {
  view: View;
  title: string;
  hint: string;
  /** Absent while the fields don't tell what it is for. */
  profile?: NewProfile | undefined;
  /** The fields. */
  children?: ComponentChildren;
}) {
  const [added, setAdded] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const say = (name?: string, reason?: Failure) => {
    setAdded(name);
    setFailure(reason);
  };
  const warning = profile && nameWarning(profile.name, profile.of, view);
  return (
    <details>
      <summary>{title}</summary>
      <form onSubmit={(event) => event.preventDefault()} onInput={() => say()}>
        <p class="hint">{hint}</p>
        {children}
        {profile && (
          <ProfileNameField
            label={profile.label}
            value={profile.name}
            note={warning ?? ''}
            warns={warning !== undefined}
            profiles={view.profiles}
            onInput={profile.onName}
          >
            <button
              type="submit"
              class="main"
              disabled={!profile.isComplete || profileNameFailure(profile.name) !== undefined}
              onClick={trusted(async () => {
                const answer = await profile.add();
                if (answer.ok) say(profile.name);
                else say(undefined, answer.failure);
              })}
            >
              {text('popup_chainAdd')}
            </button>
          </ProfileNameField>
        )}
        {added !== undefined && (
          <p class="hint" role="status">
            {phrase('popup_chainAdded', <bdi>{added}</bdi>)}
          </p>
        )}
        {failure && <FailureNote failure={failure} tone="bad" />}
      </form>
    </details>
  );
}
