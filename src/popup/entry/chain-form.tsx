import { useId, useState } from 'preact/hooks';
import { parseRoleArn } from '../../core/aws/role.ts';
import type { Failure } from '../../core/failure.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { nameWarning } from '../parts/name-warning.ts';
import { ProfileNameField } from '../parts/profile-name-field.tsx';

/** Sets up a second role, assumed from a profile each time that profile is written. */
export function ChainForm({ view, source }: { view: View; source: string }) {
  const id = useId();
  const [roleArn, setRoleArn] = useState('');
  const [typed, setTyped] = useState<string>();
  const [added, setAdded] = useState<string>();
  const [failure, setFailure] = useState<Failure>();
  const arn = parseRoleArn(roleArn.trim());
  const profile = typed ?? (arn === undefined ? '' : `${source}-${arn.name.toLowerCase()}`);
  const subject = { issuer: '', providerArn: '', roleArn: roleArn.trim(), accountId: arn?.accountId ?? '' };
  const warning = nameWarning(profile, subject, view);

  const add = async () => {
    const answer = await ask({ type: 'set-chain', source, roleArn: roleArn.trim(), profile });
    setFailure(answer.ok ? undefined : answer.failure);
    setAdded(answer.ok ? profile : undefined);
    if (!answer.ok) return;
    setRoleArn('');
    setTyped(undefined);
  };

  return (
    <details>
      <summary>{text('popup_chain')}</summary>
      <form onSubmit={(event) => event.preventDefault()}>
        <p class="hint">{text('popup_chainHint')}</p>
        <label for={id}>{text('popup_chainRole')}</label>
        <input
          id={id}
          class="code"
          value={roleArn}
          dir="ltr"
          placeholder="arn:aws:iam::111122223333:role/Deploy"
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => setRoleArn(currentTarget.value)}
        />
        {arn !== undefined && (
          <ProfileNameField
            label={text('popup_chainProfile')}
            value={profile}
            note={warning ?? ''}
            warns={warning !== undefined}
            profiles={view.profiles}
            onInput={setTyped}
          >
            <button
              type="submit"
              class="main"
              onClick={trusted(add)}
              disabled={profileNameFailure(profile) !== undefined}
            >
              {text('popup_chainAdd')}
            </button>
          </ProfileNameField>
        )}
        {roleArn.trim() !== '' && arn === undefined && (
          <p class="hint warning" role="status">
            {text('popup_notARoleArn')}
          </p>
        )}
        {added !== undefined && roleArn === '' && (
          <p class="hint" role="status">
            {phrase('popup_chainAdded', <bdi>{added}</bdi>)}
          </p>
        )}
        {failure && <FailureNote failure={failure} tone="bad" />}
      </form>
    </details>
  );
}
