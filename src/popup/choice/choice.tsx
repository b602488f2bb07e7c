import { useId } from 'preact/hooks';
import { AccountName, accountOf } from '../../page/account-name.tsx';
import type { LoginView, RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { nameWarning } from '../parts/name-warning.ts';
import { ProfileNameField } from '../parts/profile-name-field.tsx';

/** A role to tick, and its profile's name once it is ticked. */
export function Choice({
  view,
  login,
  role,
  profile,
  writes,
  isTwice,
  onTick,
  onName,
}: {
  view: View;
  login: LoginView;
  role: RoleView;
  /** Its profile's name, once ticked. */
  profile: string | undefined;
  writes: boolean;
  isTwice: boolean;
  onTick: (on: boolean) => void;
  onName: (profile: string) => void;
}) {
  const id = useId();
  const { accountId, roleName } = role;
  const note = () => {
    if (role.fixed) return text('popup_fixedName');
    if (isTwice) return text('popup_nameTwice');
    return (
      nameWarning(profile ?? '', { ...role, issuer: login.issuer, container: login.container }, view) ?? ''
    );
  };
  return (
    <li class={accountOf(view.settings, accountId).colour}>
      <label for={id} title={role.roleArn}>
        <input
          id={id}
          type="checkbox"
          checked={profile !== undefined}
          onChange={({ currentTarget }) => onTick(currentTarget.checked)}
        />
        <span class="choice-title">
          <strong>{roleName}</strong> <AccountName settings={view.settings} accountId={accountId} />
        </span>
        {role.bound && profile === undefined && (
          <code class="profile">
            <bdi>{role.profile}</bdi>
          </code>
        )}
      </label>
      {profile !== undefined && writes && (
        <ProfileNameField
          label={text('popup_profileNameOf', roleName, accountId)}
          hidesLabel
          value={profile}
          readOnly={role.fixed}
          note={note()}
          warns={!role.fixed && note() !== ''}
          profiles={view.profiles}
          onInput={onName}
        />
      )}
    </li>
  );
}
