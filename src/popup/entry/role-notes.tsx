import { type Failure, isSameFailure } from '../../core/failure.ts';
import { duration } from '../../core/words/time-left.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import type { RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import { timeWords } from '../../webext/time-words.ts';
import { NameNote } from './name-note.tsx';

/** What the user should know of a role, whether its entry is open or not. */
export function RoleNotes({
  role,
  isAskedAbove,
  problem,
}: {
  role: RoleView;
  /** The question for its name stands above the list. */
  isAskedAbove: boolean;
  /** The answer to the last click. */
  problem: Failure | undefined;
}) {
  return (
    <>
      {role.shortened && (
        <p class="note calm">
          {text(
            'popup_shortened',
            duration(role.shortened.asked, timeWords),
            duration(role.shortened.granted, timeWords),
          )}
        </p>
      )}
      {role.state === 'forgotten' && role.failure && (
        <p class="note bad">{text('popup_left', role.profile)}</p>
      )}
      {!isAskedAbove && <NameNote role={role} />}
      {role.failure && role.failure.code !== 'session-name-changed' && (
        <FailureNote failure={role.failure} tone="bad" />
      )}
      {role.warnings?.map((warning) => (
        <FailureNote key={JSON.stringify(warning.params)} failure={warning} tone="calm" />
      ))}
      {problem && !isSameFailure(problem, role.failure) && <FailureNote failure={problem} tone="bad" />}
    </>
  );
}
