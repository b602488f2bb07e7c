import { useId, useState } from 'preact/hooks';
import type { RoleView } from '../background/messages.ts';
import { type Failure, failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import type { Role } from '../core/role.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { trusted } from '../page/trusted.ts';
import { isSteady } from './steady.ts';

/** What the person has to say yes to before a profile that is not this login's is written. */
const explicitYes = {
  'profile-long-lived': { label: 'Replace what is there', takeOver: false, replace: true },
  'profile-bound-elsewhere': { label: 'Take the profile over', takeOver: true, replace: false },
  'profile-other-account': { label: 'Take the profile over', takeOver: true, replace: false },
} as const;

/** The name of the profile, and the button that writes it. */
export function ProfileForm({ target, role }: { target: { loginId: string; role: Role }; role: RoleView }) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const [yes, setYes] = useState({ takeOver: false, replace: false });
  const [problem, setProblem] = useState<Failure>();
  const profile = typed ?? role.profile;
  const wrongName = profileNameFailure(profile);
  const saved = role.state === 'saved' && profile === role.profile;
  const code = profile === role.profile ? role.failure?.code : undefined;
  const question =
    code !== undefined && code in explicitYes ? explicitYes[code as keyof typeof explicitYes] : undefined;

  const save = async (said: { takeOver: boolean; replace: boolean }, name = profile) => {
    if (!isSteady()) {
      setProblem(failure('login-just-changed'));
      return;
    }
    setYes(said);
    const answer = await ask({ type: 'save', ...target, profile: name, ...said });
    setTyped(undefined);
    // What the background has noted with the role comes with the next view; anything else is said here.
    setProblem(answer.ok ? undefined : answer.failure);
  };

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <label for={id}>Profile name</label>
      <div class="field">
        <input
          id={id}
          value={profile}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          readOnly={role.fixed}
          aria-invalid={wrongName !== undefined}
          aria-describedby={`${id}-note`}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setYes({ takeOver: false, replace: false });
          }}
        />
        <button
          type="submit"
          class="main"
          onClick={trusted(() => save({ takeOver: false, replace: false }))}
          disabled={saved || role.state === 'saving' || wrongName !== undefined || question !== undefined}
        >
          Save
        </button>
      </div>
      <p id={`${id}-note`} class="hint" role="status">
        {noteOf()}
      </p>
      {problem !== undefined && role.failure === undefined && role.state === 'ready' && (
        <FailureNote failure={problem} tone="bad" />
      )}
      {question && role.suggestion !== profile && (
        <button
          type="button"
          class="main"
          onClick={trusted(() => save({ takeOver: false, replace: false }, role.suggestion))}
        >
          Save as {role.suggestion} instead
        </button>
      )}
      {question && (
        <button
          type="button"
          class="danger"
          onClick={trusted(() =>
            save({ takeOver: yes.takeOver || question.takeOver, replace: yes.replace || question.replace }),
          )}
        >
          {question.label}
        </button>
      )}
    </form>
  );

  function noteOf(): string {
    if (wrongName !== undefined) return `${wrongName.message} ${wrongName.hint}`;
    if (role.state === 'saving') return 'Writing…';
    if (role.fixed) return 'Your administrator has fixed this name.';
    if (saved) return 'Saved. Logins with this role update it by themselves.';
    return 'Once saved, logins with this role update it by themselves.';
  }
}
