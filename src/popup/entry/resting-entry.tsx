import { useState } from 'preact/hooks';
import { plainRole } from '../../core/aws/role.ts';
import type { Failure } from '../../core/failure.ts';
import type { EnvFormat } from '../../core/profile/env-vars.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { ask } from '../../page/background.ts';
import { useCopying } from '../../page/copy-button.tsx';
import { FailureNote } from '../../page/failure-note.tsx';
import { IssuerName } from '../../page/issuer-name.tsx';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import { policyText, rightsWords } from '../../webext/rights-words.ts';
import { text } from '../../webext/text.ts';
import type { BindingView } from '../../webext/view.ts';
import { mayWrite } from '../parts/entries.ts';
import { nameWarning } from '../parts/name-warning.ts';
import { ProfileNameField } from '../parts/profile-name-field.tsx';
import { LesserForm } from './adding/lesser-form.tsx';
import { CopyProfile } from './copy-entry.tsx';
import { EntryEnd } from './entry-end.tsx';
import { EntryFrame, type EntryPlace } from './entry-frame.tsx';
import { NoLink } from './no-link.tsx';
import { canRenew, isOpening, Renew, renew } from './renew.tsx';
import { TimeBar } from './time-bar.tsx';

/** A binding without a held login: what its profile still contains, and how to log in again. */
export function RestingEntry({
  place,
  binding,
  format,
}: {
  place: EntryPlace;
  binding: BindingView;
  /** The shell that `AWS_PROFILE` is copied for. */
  format: EnvFormat;
}) {
  const { view, now } = place;
  const [typed, setTyped] = useState<string>();
  const [problem, setProblem] = useState<Failure>();
  const copying = useCopying(setProblem);
  const { issuer, roleArn, providerArn, sessionPolicy, container, fixed, onDemand } = binding;
  const key = { issuer, role: plainRole(binding), container };
  const profile = typed ?? binding.profile;
  const warning = nameWarning(profile, binding, view);
  // An on-demand profile's own name is in the file already.
  const isAsIs = onDemand === true && profile === binding.profile;
  const noteOf = () => {
    if (fixed) return text('popup_fixedName');
    return isAsIs ? text('popup_onDemandHint') : (warning ?? '');
  };
  const expiration = view.profiles.find(({ name }) => name === binding.profile)?.expiration;
  const endsAt = expiration === undefined ? Number.NaN : Date.parse(expiration);

  const rename = async () => {
    const answer = await ask({ type: 'rename-binding', ...key, profile });
    setProblem(answer.ok ? undefined : answer.failure);
    if (answer.ok) setTyped(undefined);
  };
  const onRenew = async () => {
    const answer = await renew(issuer);
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const isUsable = onDemand === true || endsAt > now;
  const remove = async () => {
    const answer = await ask(
      onDemand
        ? { type: 'remove-on-demand', profiles: [binding.profile] }
        : { type: 'remove-binding', ...key },
    );
    setProblem(answer.ok ? undefined : answer.failure);
  };

  return (
    <EntryFrame
      place={place}
      container={container}
      profile={binding.profile}
      status={
        isOpening(view, issuer) && isUsable && !onDemand ? (
          text('popup_renewing')
        ) : endsAt > now ? (
          <TimeBar endsAt={endsAt} now={now} />
        ) : onDemand ? (
          <span class={binding.gone ? 'warning' : ''}>
            {text(binding.gone ? 'popup_gone' : 'popup_onDemand')}
          </span>
        ) : (
          // The button “Renew” shows as much, and leaves more room for names.
          <span class={canRenew(view, issuer) ? 'unseen' : ''}>{text('popup_notLoggedIn')}</span>
        )
      }
      keys={{ renew: canRenew(view, issuer) && !onDemand ? onRenew : undefined }}
      actions={(titleId) =>
        isUsable ? (
          <CopyProfile profile={binding.profile} format={format} describedBy={titleId} copying={copying} />
        ) : (
          <Renew view={view} issuer={issuer} describedBy={titleId} onRenew={onRenew} />
        )
      }
      notes={problem && <FailureNote failure={problem} tone="bad" />}
    >
      {(openConsole) => (
        <>
          <p class="issuer">{phrase('popup_via', <IssuerName view={view} issuer={issuer} />)}</p>
          {sessionPolicy && (
            <p class="hint">{text('popup_lesserOf', binding.roleName, rightsWords(sessionPolicy))}</p>
          )}
          {!canRenew(view, issuer) && <NoLink view={view} issuer={issuer} />}
          <form onSubmit={(event) => event.preventDefault()}>
            <ProfileNameField
              label={text('popup_profileName')}
              value={profile}
              readOnly={fixed}
              note={noteOf()}
              warns={!isAsIs && warning !== undefined}
              profiles={view.profiles}
              onInput={setTyped}
            >
              {!fixed && (
                <button
                  type="submit"
                  onClick={trusted(rename)}
                  disabled={profile === binding.profile || profileNameFailure(profile) !== undefined}
                >
                  {text('popup_rename')}
                </button>
              )}
            </ProfileNameField>
          </form>
          {mayWrite(view) && sessionPolicy === undefined && (
            <LesserForm view={view} of={binding} whole={binding.profile} />
          )}
          <EntryEnd
            facts={[
              [text('popup_roleArn'), roleArn],
              [text('popup_providerArn'), providerArn],
              ...(sessionPolicy ? [[text('popup_sessionPolicy'), policyText(sessionPolicy)] as const] : []),
              [text('page_entityId'), issuer],
            ]}
            removal={
              fixed
                ? undefined
                : {
                    label: text(onDemand ? 'popup_removeOnDemand' : 'popup_removeBinding'),
                    explanation: text(
                      onDemand ? 'popup_removeOnDemandHint' : 'popup_removeHint',
                      binding.profile,
                    ),
                    act: remove,
                  }
            }
          >
            {isUsable && !onDemand && <Renew view={view} issuer={issuer} onRenew={onRenew} />}
            {openConsole}
          </EntryEnd>
        </>
      )}
    </EntryFrame>
  );
}
