import { useId, useState } from 'preact/hooks';
import type { BindingView } from '../background/messages.ts';
import type { Failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { trusted } from '../page/trusted.ts';

/** One binding: renamed and removed here, unless the administrator made it. */
export function BindingRow({ binding }: { binding: BindingView }) {
  const id = useId();
  const [profile, setProfile] = useState(binding.profile);
  const [failure, setFailure] = useState<Failure>();
  const { issuer, roleArn, providerArn, roleName, accountId, fixed } = binding;
  const role = { roleArn, providerArn };

  const rename = async () => {
    const answer = await ask({ type: 'rename-binding', issuer, role, profile });
    setFailure(answer.ok ? undefined : answer.failure);
  };
  const remove = async () => {
    const answer = await ask({ type: 'remove-binding', issuer, role });
    setFailure(answer.ok ? undefined : answer.failure);
  };

  return (
    <div class="binding">
      <div class="role-title">
        <strong>{roleName}</strong>
        <span class="account">Account {accountId}</span>
        <span class="issuer">
          via <bdi>{issuer}</bdi>
        </span>
        <span class="issuer">{providerArn}</span>
      </div>
      <form onSubmit={(event) => event.preventDefault()}>
        <label for={id}>Profile name</label>
        <input
          id={id}
          value={profile}
          readOnly={fixed}
          spellcheck={false}
          autocomplete="off"
          onInput={({ currentTarget }) => setProfile(currentTarget.value)}
        />
        {fixed ? (
          <p class="managed">Fixed by your administrator.</p>
        ) : (
          <div class="field">
            <button
              type="submit"
              onClick={trusted(rename)}
              disabled={profile === binding.profile || profileNameFailure(profile) !== undefined}
            >
              Rename
            </button>
            <button
              type="button"
              class="danger"
              onClick={trusted(remove)}
              aria-label={`Remove ${binding.profile}`}
            >
              Remove
            </button>
          </div>
        )}
        {failure && <FailureNote failure={failure} tone="bad" />}
      </form>
    </div>
  );
}
