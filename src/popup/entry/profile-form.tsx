import { useId, useState } from 'preact/hooks';
import { isRegion } from '../../core/aws/region.ts';
import { plainRole } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { IssuerName } from '../../page/issuer-name.tsx';
import { phrase } from '../../page/phrase.tsx';
import { trusted } from '../../page/trusted.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { isSteady } from '../parts/click-guard.ts';
import { nameWarning } from '../parts/name-warning.ts';
import { ProfileNameField } from '../parts/profile-name-field.tsx';
import { RegionField } from '../parts/region-field.tsx';
import { isRegionAsked, isRegionFixed, suggestedRegion } from '../parts/suggested-region.ts';
import { isNameAsked } from './name-note.tsx';

/** The explicit yes needed before overwriting a profile that isn't this login's. */
const explicitYes = {
  'profile-long-lived': { label: 'popup_replace', yes: 'replace' },
  'profile-bound-elsewhere': { label: 'popup_takeOver', yes: 'takeOver' },
  'profile-other-account': { label: 'popup_takeOver', yes: 'takeOver' },
} as const;

const saidNothing = { takeOver: false, replace: false, newName: false };

/** The profile's name, and the button that saves it. */
export function ProfileForm({ view, login, role }: { view: View; login: LoginView; role: RoleView }) {
  const id = useId();
  const [typed, setTyped] = useState<string>();
  const [typedRegion, setRegion] = useState<string>();
  const [yes, setYes] = useState(saidNothing);
  const [problem, setProblem] = useState<Failure>();
  const target = { loginId: login.id, role: plainRole(role) };
  const profile = typed ?? role.profile;
  const region = typedRegion ?? suggestedRegion(view, login, role, profile);
  const saved = role.state === 'saved' && profile === role.profile;
  const code = profile === role.profile ? role.failure?.code : undefined;
  const question =
    code !== undefined && code in explicitYes ? explicitYes[code as keyof typeof explicitYes] : undefined;
  const asksName = question === undefined && !yes.newName && isNameAsked(role);
  // Once the host has checked, its own failure is shown.
  const warning =
    saved || question !== undefined || asksName
      ? undefined
      : nameWarning(profile, { ...role, issuer: login.issuer, container: login.container }, view);

  const save = async (said: typeof saidNothing, name = profile) => {
    if (!isSteady()) {
      setProblem(failure('login-just-changed'));
      return;
    }
    setYes(said);
    const answer = await ask({
      type: 'save',
      ...target,
      profile: name,
      ...said,
      ...(region === '' ? {} : { region }),
    });
    // What was typed during the write stays.
    setTyped((now) => (now === typed ? undefined : now));
    // The next view shows failures that the background stored with the role; others are shown here.
    setProblem(answer.ok ? undefined : answer.failure);
  };
  const stopComparing = async () => {
    if (isSteady()) await ask({ type: 'set-names-change', issuer: login.issuer, change: true });
    await save({ ...yes, newName: true });
  };

  return (
    <form onSubmit={(event) => event.preventDefault()}>
      <ProfileNameField
        label={text('popup_profileName')}
        value={profile}
        readOnly={role.fixed}
        suggested={typed === undefined && role.state !== 'saved'}
        note={warning ?? noteOf()}
        warns={warning !== undefined}
        profiles={view.profiles}
        onInput={(name) => {
          setTyped(name);
          setYes(saidNothing);
          setProblem(undefined);
        }}
      >
        <button
          type="submit"
          class="main"
          onClick={trusted(() => save({ ...saidNothing, newName: yes.newName }))}
          disabled={
            saved ||
            role.state === 'saving' ||
            profileNameFailure(profile) !== undefined ||
            !(region === '' || isRegion(region)) ||
            question !== undefined ||
            asksName
          }
        >
          {text('popup_save')}
        </button>
      </ProfileNameField>
      {(isRegionAsked(view) || isRegionFixed(view)) && !saved && (
        <RegionField value={region} fixed={isRegionFixed(view)} roleArn={role.roleArn} onInput={setRegion} />
      )}
      {problem !== undefined && !saved && role.state !== 'saving' && problem.code !== role.failure?.code && (
        <FailureNote failure={problem} tone="bad" />
      )}
      {question && role.suggestion !== profile && (
        <button
          type="button"
          class="main"
          onClick={trusted(() => save({ ...saidNothing, newName: yes.newName }, role.suggestion))}
        >
          {text('popup_saveAsInstead', role.suggestion)}
        </button>
      )}
      {question && (
        <button type="button" class="danger" onClick={trusted(() => save({ ...yes, [question.yes]: true }))}>
          {text(question.label)}
        </button>
      )}
      {asksName && (
        <div class="answers">
          <button type="button" onClick={trusted(() => save({ ...yes, newName: true }))}>
            {text('popup_useName')}
          </button>
          {view.issuers.includes(login.issuer) && (
            <>
              <button type="button" aria-describedby={`${id}-changing`} onClick={trusted(stopComparing)}>
                {text('popup_namesChange')}
              </button>
              <p class="hint" id={`${id}-changing`}>
                {phrase('popup_namesChangeHint', <IssuerName view={view} issuer={login.issuer} />)}
              </p>
            </>
          )}
        </div>
      )}
    </form>
  );

  function noteOf(): string {
    if (role.state === 'saving') return text('popup_writing');
    if (role.fixed) return text('popup_fixedName');
    return text(saved ? 'popup_saved' : 'popup_onceSaved');
  }
}
