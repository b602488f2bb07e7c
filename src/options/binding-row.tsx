import { useId, useState } from 'preact/hooks';
import type { BindingView } from '../background/messages.ts';
import type { Settings } from '../background/settings-schema.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import { AccountName } from '../page/account-name.tsx';
import { ask } from '../page/background.ts';
import { Container } from '../page/container.tsx';
import { Managed } from '../page/managed.tsx';
import { phrase } from '../page/phrase.tsx';
import { text } from '../page/text.ts';
import { trusted } from '../page/trusted.ts';
import type { Save } from './saving.tsx';

/** One binding: renamed and removed here, unless the administrator made it. */
export function BindingRow({
  binding,
  settings,
  save,
}: {
  binding: BindingView;
  settings: Settings;
  save: Save;
}) {
  const id = useId();
  const [profile, setProfile] = useState(binding.profile);
  const { issuer, roleArn, providerArn, container, sessionName, roleName, accountId, fixed } = binding;
  const key = { issuer, role: { roleArn, providerArn }, container };
  const problem = profileNameFailure(profile);
  const renameTo = (name: string) => ask({ type: 'rename-binding', ...key, profile: name });
  const remove = () =>
    save(ask({ type: 'remove-binding', ...key }), {
      said: text('options_removed', binding.profile),
      undo: () => ask({ type: 'rename-binding', ...key, profile: binding.profile, sessionName }),
    });

  return (
    <form class="binding" onSubmit={(event) => event.preventDefault()}>
      <div class="role-title">
        <strong>
          <bdi>{roleName}</bdi>
        </strong>
        <AccountName settings={settings} accountId={accountId} />
        <Container id={container} />
        <span class="issuer">
          {sessionName === undefined
            ? phrase('options_via', <bdi>{issuer}</bdi>)
            : phrase('options_asVia', <bdi>{sessionName}</bdi>, <bdi>{issuer}</bdi>)}
        </span>
        <details>
          <summary>{text('page_details')}</summary>
          <p class="issuer">
            <bdi>{roleArn}</bdi>
          </p>
          <p class="issuer">
            <bdi>{providerArn}</bdi>
          </p>
        </details>
      </div>
      <div class="binding-profile">
        <label for={id}>{text('options_profileName')}</label>
        <input
          id={id}
          value={profile}
          readOnly={fixed}
          spellcheck={false}
          autocomplete="off"
          aria-invalid={problem !== undefined}
          aria-describedby={problem && `${id}-problem`}
          onInput={({ currentTarget }) => setProfile(currentTarget.value)}
        />
        {problem && (
          <p class="problem" id={`${id}-problem`}>
            {problem.message}
          </p>
        )}
        {fixed ? (
          <Managed what={text('options_fixed')} />
        ) : (
          <div class="buttons">
            {profile !== binding.profile && (
              <button
                type="submit"
                onClick={trusted(() => save(renameTo(profile)))}
                disabled={problem !== undefined}
                aria-label={text('options_renameNamed', binding.profile)}
              >
                {text('options_rename')}
              </button>
            )}
            <button
              type="button"
              class="quiet danger"
              onClick={trusted(remove)}
              aria-label={text('options_removeNamed', binding.profile)}
            >
              {text('options_remove')}
            </button>
          </div>
        )}
      </div>
    </form>
  );
}
