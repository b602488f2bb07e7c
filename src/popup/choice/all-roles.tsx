import { useState } from 'preact/hooks';
import { isRegion } from '../../core/aws/region.ts';
import { mayBeIn } from '../../core/aws/region-of-role.ts';
import type { Failure } from '../../core/failure.ts';
import { onDemandNameFailure } from '../../core/profile/on-demand-name.ts';
import { AccountName } from '../../page/account-name.tsx';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { templateProblem } from '../../page/template-problem.ts';
import { trusted } from '../../page/trusted.ts';
import { failureText } from '../../webext/failure-words.ts';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { whenSteady } from '../parts/click-guard.ts';
import { isOffered } from '../parts/entries.ts';
import { fewToTick, useIsRestShown } from '../parts/first-few.ts';
import { RegionField } from '../parts/region-field.tsx';
import { isRegionAsked, isRegionFixed, suggestedRegion } from '../parts/suggested-region.ts';
import { NameRule } from './name-rule.tsx';
import { isKept, keyOf, pickedNames } from './picked-names.ts';
import type { Picking } from './use-picking.ts';

/** The roles of a login that have no profile yet, and can get one. */
export const rolesWithout = ({ roles }: LoginView): RoleView[] =>
  roles.filter((role) => isOffered(role) && !role.bound && !role.fixed);

/** The profiles that would be made for all roles without one, to look at before. */
export function AllRoles({
  view,
  login,
  picking: { picked, onPick, onPicked },
  onBack,
}: {
  view: View;
  login: LoginView;
  /** Names that were typed for single roles hold here, too. */
  picking: Picking;
  onBack: () => void;
}) {
  const { written, region: typedRegion } = picked;
  const [failure, setFailure] = useState<Failure>();
  const roles = rolesWithout(login);
  const [first] = roles;
  const { names, template, twice } = pickedNames(view, roles, written);
  const nameOf = (role: RoleView) => names.get(keyOf(role)) ?? '';
  const regionOf = (role: RoleView) =>
    typedRegion !== undefined && (typedRegion === '' || mayBeIn(typedRegion, role.roleArn) || role === first)
      ? typedRegion
      : suggestedRegion(view, login, role);
  const isFit = (name: string) => onDemandNameFailure(name) === undefined && !twice.has(name);
  const unfit = roles.find((role) => onDemandNameFailure(nameOf(role)) !== undefined);
  const whyUnfit = unfit && onDemandNameFailure(nameOf(unfit));
  const region = first === undefined ? '' : regionOf(first);
  const canMake = (region === '' || isRegion(region)) && [...names.values()].every(isFit);
  const listed = useIsRestShown() ? roles : roles.slice(0, fewToTick);

  const make = async () => {
    const wanted = roles.map((role) => {
      const { roleArn, providerArn } = role;
      const region = regionOf(role);
      return {
        role: { roleArn, providerArn },
        profile: nameOf(role),
        ...(region === '' ? {} : { region }),
      };
    });
    const answer = await whenSteady(async () => {
      if (
        template !== undefined &&
        isKept(view, template, written) &&
        templateProblem(template) === undefined
      )
        await ask({ type: 'change-settings', settings: { profileNameTemplate: template } });
      return ask({ type: 'make-on-demand', loginId: login.id, roles: wanted });
    });
    setFailure(answer.ok ? undefined : answer.failure);
    if (!answer.ok) return;
    onPicked();
    onBack();
    // What came of it stands there.
    scrollTo(0, 0);
  };

  return (
    <form class="picker" onSubmit={(event) => event.preventDefault()}>
      <p class="hint">{text('popup_allRolesHint', roles.length)}</p>
      {template !== undefined && (
        <NameRule
          template={template}
          readOnly={view.policy.fixed?.includes('profileNameTemplate') ?? false}
          onType={(typed) => onPick({ written: { ...written, template: typed } })}
        />
      )}
      {first !== undefined && (isRegionAsked(view) || isRegionFixed(view)) && (
        <RegionField
          value={region}
          fixed={isRegionFixed(view)}
          roleArn={first.roleArn}
          onInput={(region) => onPick({ region })}
        />
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it */}
      <ul class="new-profiles" aria-label={text('popup_allRolesList')} tabIndex={0}>
        {listed.map((role) => (
          <li key={keyOf(role)} title={role.roleArn}>
            <code class={isFit(nameOf(role)) ? '' : 'warning'}>
              <bdi>{nameOf(role) || '–'}</bdi>
            </code>
            <span>
              {role.roleName} <AccountName settings={view.settings} accountId={role.accountId} />
            </span>
          </li>
        ))}
      </ul>
      {unfit && whyUnfit && (
        <p class="hint warning">
          <bdi>{nameOf(unfit) || unfit.roleName}</bdi>: {failureText(whyUnfit)}
        </p>
      )}
      {twice.size > 0 && <p class="hint warning">{text('popup_namesTwice')}</p>}
      <div class="picker-foot">
        <button type="submit" class="main" onClick={trusted(make)} disabled={!canMake}>
          {text('popup_makeProfiles', roles.length)}
        </button>
        <button type="button" class="quiet" onClick={onBack}>
          {text('popup_back')}
        </button>
      </div>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </form>
  );
}
