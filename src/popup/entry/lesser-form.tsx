import { useId, useState } from 'preact/hooks';
import { plainRole } from '../../core/aws/role.ts';
import { sessionPolicyFailure } from '../../core/aws/session-policy-failure.ts';
import type { Failure } from '../../core/failure.ts';
import type { BindingKey } from '../../core/profile/binding.ts';
import { lesserName } from '../../core/profile/lesser-name.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { takenNames } from '../../core/profile/suggest-names.ts';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import { failureWords } from '../../webext/failure-words.ts';
import { type TextKey, text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { type LesserKind, lesserChoice } from '../parts/lesser-choice.ts';
import { nameWarning } from '../parts/name-warning.ts';
import { ProfileNameField } from '../parts/profile-name-field.tsx';

const kinds: [LesserKind, TextKey][] = [
  ['read-only', 'popup_lesserReadOnly'],
  ['view-only', 'popup_lesserViewOnly'],
  ['security-audit', 'popup_lesserAudit'],
  ['managed', 'popup_lesserManaged'],
  ['json', 'popup_lesserJson'],
];

/** Gives a role another profile, with fewer rights than the one called `whole`. */
export function LesserForm({
  view,
  of,
  whole,
}: {
  view: View;
  of: BindingKey & { accountId: string };
  whole: string;
}) {
  const id = useId();
  const [kind, setKind] = useState<LesserKind>('read-only');
  const [typed, setTyped] = useState('');
  const [name, setName] = useState<string>();
  const [added, setAdded] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const sessionPolicy = lesserChoice(kind, typed, of.roleArn);
  const problem = sessionPolicy && sessionPolicyFailure(sessionPolicy, of.roleArn);
  const profile = name ?? lesserName(whole, sessionPolicy, takenNames(view));
  const warning = nameWarning(profile, { ...of, ...(sessionPolicy && { sessionPolicy }) }, view);

  const add = async () => {
    if (sessionPolicy === undefined) return;
    const role = { ...plainRole(of), sessionPolicy };
    const { issuer, container } = of;
    const answer = await ask({ type: 'add-lesser', issuer, role, container, profile });
    setFailure(answer.ok ? undefined : answer.failure);
    setAdded(answer.ok ? profile : undefined);
    if (!answer.ok) return;
    setTyped('');
    setName(undefined);
  };
  const change = (next: () => void) => {
    next();
    setAdded(undefined);
    setFailure(undefined);
  };

  return (
    <details>
      <summary>{text('popup_lesser')}</summary>
      <form onSubmit={(event) => event.preventDefault()}>
        <p class="hint">{text('popup_lesserHint')}</p>
        <label class="captioned-field">
          {text('popup_lesserRights')}
          <select
            value={kind}
            onChange={({ currentTarget: { value } }) => change(() => setKind(value as LesserKind))}
          >
            {kinds.map(([value, key]) => (
              <option key={value} value={value}>
                {text(key)}
              </option>
            ))}
          </select>
        </label>
        {(kind === 'managed' || kind === 'json') && (
          <>
            <label for={id}>{text(kind === 'managed' ? 'popup_lesserArns' : 'popup_lesserPolicy')}</label>
            <textarea
              id={id}
              class="code"
              rows={kind === 'managed' ? 3 : 8}
              value={typed}
              dir="ltr"
              spellcheck={false}
              autocomplete="off"
              placeholder={kind === 'managed' ? 'arn:aws:iam::aws:policy/ReadOnlyAccess' : examplePolicy}
              aria-invalid={problem !== undefined}
              aria-describedby={`${id}-problem`}
              onInput={({ currentTarget: { value } }) => change(() => setTyped(value))}
            />
            <p id={`${id}-problem`} class="hint warning" role="status">
              {problem && failureWords(problem).message}
            </p>
          </>
        )}
        <ProfileNameField
          label={text('popup_profileName')}
          value={profile}
          note={warning ?? ''}
          warns={warning !== undefined}
          profiles={view.profiles}
          onInput={(next) => change(() => setName(next))}
        >
          <button
            type="submit"
            class="main"
            onClick={trusted(add)}
            disabled={
              sessionPolicy === undefined ||
              problem !== undefined ||
              profileNameFailure(profile) !== undefined
            }
          >
            {text('popup_chainAdd')}
          </button>
        </ProfileNameField>
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

const examplePolicy = `{
  "Version": "2012-10-17",
  "Statement": [
    { "Effect": "Allow", "Action": "s3:Get*", "Resource": "*" }
  ]
}`;
