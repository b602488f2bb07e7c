import { useId, useState } from 'preact/hooks';
import { isRegion } from '../../core/aws/region.ts';
import type { Failure } from '../../core/failure.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { matching } from '../../page/matching.ts';
import { templateProblem } from '../../page/template-problem.ts';
import { trusted } from '../../page/trusted.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { whenSteady } from '../parts/click-guard.ts';
import { isOffered, mayWrite } from '../parts/entries.ts';
import { fewToTick, useIsRestShown } from '../parts/first-few.ts';
import { RegionField } from '../parts/region-field.tsx';
import { wordsOfRole } from '../parts/search-words.ts';
import { isRegionAsked, isRegionFixed, suggestedRegion } from '../parts/suggested-region.ts';
import { rolesWithout } from './all-roles.tsx';
import { Choice } from './choice.tsx';
import { NameRule } from './name-rule.tsx';
import { isKept, keyOf, pickedNames } from './picked-names.ts';
import type { Picking } from './use-picking.ts';

/** Roles not requested yet. The ticked ones are saved at once, each under its own name. */
export function RolePicker({
  view,
  login,
  search,
  picking: { picked, onPick, onPicked },
  onAll,
}: {
  view: View;
  login: LoginView;
  search: string;
  picking: Picking;
  /** Shows the profiles that would be made for all roles; absent if only AWS can read which there are. */
  onAll?: () => void;
}) {
  const { ticked, written, region: typedRegion } = picked;
  const id = useId();
  const [failure, setFailure] = useState<Failure>();
  const offered = login.roles.filter(isOffered);
  const without = rolesWithout(login);
  const shown = matching(offered, search, (role) => wordsOfRole(role, view, login.issuer));
  const listed = useIsRestShown() ? shown : shown.slice(0, fewToTick);
  const chosen = offered.filter((role) => ticked.has(keyOf(role)));
  const { names, template, twice } = pickedNames(view, chosen, written);
  const writes = mayWrite(view);
  const [first] = chosen;
  const region = typedRegion ?? (first === undefined ? '' : suggestedRegion(view, login, first));
  const regionOf = (role: RoleView, profile: string) =>
    typedRegion === undefined || Object.hasOwn(view.regions, profile)
      ? suggestedRegion(view, login, role, profile)
      : typedRegion;
  const canSave =
    (region === '' || isRegion(region)) &&
    chosen.length > 0 &&
    twice.size === 0 &&
    [...names.values()].every((name) => profileNameFailure(name) === undefined);
  const allShown = shown.every((role) => ticked.has(keyOf(role)));

  const tick = (roles: RoleView[], on: boolean) => {
    const keys = new Set(roles.map(keyOf));
    const others = [...ticked].filter((key) => !keys.has(key));
    // Unticked, a role loses its typed name.
    const names = on ? written.names : new Map([...written.names].filter(([key]) => !keys.has(key)));
    onPick({ ticked: new Set(on ? [...others, ...keys] : others), written: { ...written, names } });
  };
  const name = (role: RoleView, profile: string) =>
    onPick({ written: { ...written, names: new Map(written.names).set(keyOf(role), profile) } });
  const done = (problem: Failure | undefined) => {
    setFailure(problem);
    if (problem !== undefined) return;
    onPicked();
    // What came of it stands there.
    scrollTo(0, 0);
  };
  const keepTemplate = async () => {
    if (template === undefined || !isKept(view, template, written)) return;
    if (templateProblem(template) === undefined)
      await ask({ type: 'change-settings', settings: { profileNameTemplate: template } });
  };
  const save = async () => {
    const roles = chosen.map((role) => {
      const profile = names.get(keyOf(role)) ?? '';
      const region = regionOf(role, profile);
      return { role: arnsOf(role), profile, ...(region === '' ? {} : { region }) };
    });
    const answer = await whenSteady(async () => {
      await keepTemplate();
      return ask({ type: 'save-many', loginId: login.id, roles });
    });
    done(answer.ok ? undefined : answer.failure);
  };
  const get = async () => {
    const answers = await whenSteady(async () => {
      const asked = chosen.map((role) => ask({ type: 'obtain', loginId: login.id, role: arnsOf(role) }));
      return (await Promise.all(asked)).find(({ ok }) => !ok) ?? { ok: true, value: undefined };
    });
    // Each role shows what AWS refused.
    const said = answers.ok || !chosen.length ? undefined : answers.failure;
    done(said?.code === 'list-just-changed' || said?.code === 'not-a-click' ? said : undefined);
  };

  return (
    <form class="picker" onSubmit={(event) => event.preventDefault()}>
      {shown.length > 1 && (
        <div class="picker-head">
          <div>
            <label class="line">
              <span class="tick-all">
                <input
                  type="checkbox"
                  checked={allShown}
                  aria-describedby={writes ? `${id}-ticked` : undefined}
                  onChange={({ currentTarget }) => tick(shown, currentTarget.checked)}
                />{' '}
                {text('popup_tickAll', shown.length)}
              </span>
            </label>
            {writes && (
              <p class="hint" id={`${id}-ticked`}>
                {text('popup_tickHint')}
              </p>
            )}
          </div>
          {writes && onAll && without.length > 1 && (
            <div>
              <button type="button" class="quiet" aria-describedby={`${id}-all`} onClick={onAll}>
                {text(
                  without.length < offered.length ? 'popup_allRolesLeft' : 'popup_allRoles',
                  without.length,
                )}
              </button>
              <p class="hint" id={`${id}-all`}>
                {text('popup_allRolesLine')}
              </p>
            </div>
          )}
        </div>
      )}
      <ul class="choices">
        {listed.map((role) => (
          <Choice
            key={keyOf(role)}
            view={view}
            login={login}
            role={role}
            profile={names.get(keyOf(role))}
            writes={writes}
            isTwice={twice.has(names.get(keyOf(role)) ?? '')}
            onTick={(on) => tick([role], on)}
            onName={(profile) => name(role, profile)}
          />
        ))}
      </ul>
      <div class="picker-foot">
        {writes && template !== undefined && (
          <NameRule
            template={template}
            readOnly={view.policy.fixed?.includes('profileNameTemplate') ?? false}
            onType={(typed) => onPick({ written: { ...written, template: typed } })}
          />
        )}
        {writes && first !== undefined && (isRegionAsked(view) || isRegionFixed(view)) && (
          <RegionField
            value={region}
            fixed={isRegionFixed(view)}
            roleArn={first.roleArn}
            onInput={(region) => onPick({ region })}
          />
        )}
        {twice.size > 0 && <p class="hint warning">{text('popup_namesTwice')}</p>}
        {writes && (
          <button type="submit" class="main" onClick={trusted(save)} disabled={!canSave}>
            {saveLabel(chosen.length)}
          </button>
        )}
        <button type={writes ? 'button' : 'submit'} onClick={trusted(get)} disabled={chosen.length === 0}>
          {text('popup_onlyGet')}
        </button>
      </div>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </form>
  );
}

const saveLabel = (many: number) => {
  if (many === 0) return text('popup_saveNone');
  return many === 1 ? text('popup_saveOne') : text('popup_saveMany', many);
};

const arnsOf = ({ roleArn, providerArn }: RoleView) => ({ roleArn, providerArn });
