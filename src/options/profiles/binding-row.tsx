import { useId, useState } from 'preact/hooks';
import { isRegion } from '../../core/aws/region.ts';
import { isSessionOf, plainRole } from '../../core/aws/role.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import { AccountName } from '../../page/account-name.tsx';
import { ask } from '../../page/background.ts';
import { Container } from '../../page/container.tsx';
import { IssuerName } from '../../page/issuer-name.tsx';
import { Managed } from '../../page/managed.tsx';
import { phrase } from '../../page/phrase.tsx';
import { Rights } from '../../page/rights.tsx';
import { trusted } from '../../page/trusted.ts';
import { failureWords } from '../../webext/failure-words.ts';
import { text } from '../../webext/text.ts';
import type { BindingView, View } from '../../webext/view.ts';
import type { Save } from '../parts/saving.tsx';
import { TextInput } from '../parts/setting.tsx';

/** A binding. It can be renamed and removed here, unless the administrator made it. */
export function BindingRow({
  view,
  binding,
  held,
  region,
  save,
}: {
  view: View;
  binding: BindingView;
  /** What the profile in the user's files contains, if it exists. */
  held: ProfileSummary | undefined;
  /** The profile's region; empty if none is known. */
  region: string;
  save: Save;
}) {
  const id = useId();
  const [profile, setProfile] = useState(binding.profile);
  const [moves, setMoves] = useState(true);
  const { issuer, roleArn, providerArn, container, sessionName, roleName, accountId, fixed, onDemand } =
    binding;
  const key = { issuer, role: plainRole(binding), container };
  const problem = profileNameFailure(profile);
  const isRenamed = !fixed && profile !== binding.profile && problem === undefined;
  const isOthers = !onDemand && held !== undefined && !isSessionOf(held.principalArn ?? '', roleArn);
  const rename = () =>
    ask({ type: 'rename-binding', ...key, profile, old: moves && !isOthers ? 'move' : 'keep' });
  const removeOnDemand = () => save(ask({ type: 'remove-on-demand', profiles: [binding.profile] }));
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
        <AccountName settings={view.settings} accountId={accountId} />
        <Rights of={binding.sessionPolicy} />
        <Container id={container} />
        <span class="issuer">
          {sessionName === undefined
            ? phrase('options_via', <IssuerName view={view} issuer={issuer} />)
            : phrase('options_asVia', <bdi>{sessionName}</bdi>, <IssuerName view={view} issuer={issuer} />)}
        </span>
        <details>
          <summary>{text('page_details')}</summary>
          <p class="issuer">
            <bdi>{roleArn}</bdi>
          </p>
          <p class="issuer">
            <bdi>{providerArn}</bdi>
          </p>
          <p class="issuer">
            <bdi>{issuer}</bdi>
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
        {onDemand && <p class="hint">{text('options_onDemandRow')}</p>}
        {problem && (
          <p class="problem" id={`${id}-problem`}>
            {failureWords(problem).message}
          </p>
        )}
        <label for={`${id}-region`}>{text('options_profileRegion')}</label>
        <TextInput
          id={`${id}-region`}
          label={text('options_regionOf', binding.profile)}
          value={region}
          placeholder={text('popup_regionNone')}
          problem={(typed) => (isRegion(typed) ? undefined : text('options_regionProblem'))}
          onType={(typed) => save(ask({ type: 'set-region', ...key, region: typed }))}
        />
        {isRenamed && isOthers && <p class="hint">{text('options_oldStays', binding.profile)}</p>}
        {isRenamed && !isOthers && !onDemand && (
          <label class="old-profile">
            <input
              type="checkbox"
              checked={moves}
              onChange={({ currentTarget }) => setMoves(currentTarget.checked)}
            />
            <span>{phrase('options_oldGoes', <bdi>{binding.profile}</bdi>, <bdi>{profile}</bdi>)}</span>
          </label>
        )}
        {fixed ? (
          <Managed what={text('options_fixed')} />
        ) : (
          <div class="buttons">
            {profile !== binding.profile && (
              <button
                type="submit"
                onClick={trusted(() => save(rename()))}
                disabled={problem !== undefined}
                aria-label={text('options_renameNamed', binding.profile)}
              >
                {text('options_rename')}
              </button>
            )}
            <button
              type="button"
              class="quiet danger"
              onClick={trusted(onDemand ? removeOnDemand : remove)}
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
