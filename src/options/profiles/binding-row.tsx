import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { accountNumber } from '../../core/aws/account-number.ts';
import { isRegion } from '../../core/aws/region.ts';
import { isSessionOf, plainRole } from '../../core/aws/role.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import { AccountName, accountOf } from '../../page/account-name.tsx';
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
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => setProfile(binding.profile), [binding.profile]);
  const { issuer, roleArn, providerArn, container, sessionName, roleName, accountId, fixed, onDemand, gone } =
    binding;
  const key = { issuer, role: plainRole(binding), container };
  const problem = profileNameFailure(profile);
  const isRenamed = !fixed && profile !== binding.profile && problem === undefined;
  const isOthers = !onDemand && held !== undefined && !isSessionOf(held.principalArn ?? '', roleArn);
  const rename = async () => {
    const old = moves && !isOthers ? 'move' : 'keep';
    // The button goes with the question.
    if (await save(ask({ type: 'rename-binding', ...key, profile, old }))) field.current?.focus();
  };
  const removeOnDemand = () =>
    save(ask({ type: 'remove-on-demand', profiles: [binding.profile] }), {
      said: text('options_onDemandRemoved', binding.profile),
    });
  const remove = () =>
    save(ask({ type: 'remove-binding', ...key }), {
      said: text('options_removed', binding.profile),
      undo: () => ask({ type: 'rename-binding', ...key, profile: binding.profile, sessionName }),
    });

  return (
    <form class="binding" onSubmit={(event) => event.preventDefault()}>
      <details>
        <summary>
          <span class="binding-role" title={titleOf(view, binding)}>
            <strong>
              <bdi>{roleName}</bdi>
            </strong>{' '}
            <AccountName settings={view.settings} accountId={accountId} isShort />{' '}
            <Rights of={binding.sessionPolicy} /> <Container id={container} />{' '}
            {onDemand && !gone && <span class="state grey">{text('options_onDemandRow')}</span>}
          </span>
        </summary>
        <p class="issuer">
          {sessionName === undefined
            ? phrase('options_via', <IssuerName view={view} issuer={issuer} />)
            : phrase('options_asVia', <bdi>{sessionName}</bdi>, <IssuerName view={view} issuer={issuer} />)}
        </p>
        {[roleArn, providerArn, issuer].map((id) => (
          <p key={id} class="issuer">
            <bdi>{id}</bdi>
          </p>
        ))}
      </details>
      <div>
        <ColumnHead>{text('options_profileName')}</ColumnHead>
        <input
          ref={field}
          aria-label={text('options_profileName')}
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
            {failureWords(problem).message}
          </p>
        )}
      </div>
      <div>
        <ColumnHead>{text('options_profileRegion')}</ColumnHead>
        <TextInput
          id={`${id}-region`}
          label={text('options_regionOf', binding.profile)}
          value={region}
          placeholder={text('popup_regionNone')}
          problem={(typed) => (isRegion(typed) ? undefined : text('options_regionProblem'))}
          onType={(typed) => save(ask({ type: 'set-region', ...key, region: typed }))}
        />
      </div>
      {!fixed && (
        <button
          type="button"
          class="quiet danger"
          onClick={trusted(onDemand ? removeOnDemand : remove)}
          aria-label={text('options_removeNamed', binding.profile)}
        >
          {text('options_remove')}
        </button>
      )}
      {fixed && <Managed what={text('options_fixed')} />}
      {gone && <p class="note gone">{text('options_roleGone')}</p>}
      {!fixed && profile !== binding.profile && (
        <div class="binding-rename">
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
          <button
            type="submit"
            onClick={trusted(rename)}
            disabled={problem !== undefined}
            aria-label={text('options_renameNamed', binding.profile)}
          >
            {text('options_rename')}
          </button>
        </div>
      )}
    </form>
  );
}

/** What a line that is too short for it leaves out. */
function titleOf({ settings }: View, { roleName, accountId }: BindingView): string {
  const { name } = accountOf(settings, accountId);
  return [roleName, name, accountNumber(accountId)].filter((part) => part !== '').join(' · ');
}

/** In a narrow window, where there are no columns with heads. */
const ColumnHead = ({ children }: { children: string }) => (
  <span class="column-head" aria-hidden="true">
    {children}
  </span>
);

/** Above the columns of all rows. */
export function BindingHeads() {
  return (
    <div class="binding heads" aria-hidden="true">
      <span />
      <span>{text('options_profileName')}</span>
      <span>{text('options_profileRegion')}</span>
    </div>
  );
}
