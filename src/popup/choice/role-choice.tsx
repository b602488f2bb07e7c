import { useState } from 'preact/hooks';
import type { LoginView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { AllRoles } from './all-roles.tsx';
import { RolePicker } from './role-picker.tsx';
import { usePicking } from './use-picking.ts';

/** The roles of a login with several, until the user chooses one here or on AWS's page. */
export function RoleChoice({ view, login, search }: { view: View; login: LoginView; search: string }) {
  const [showsAll, setShowsAll] = useState(false);
  const picking = usePicking();
  if (!login.open) return <ExpiredChoice />;
  if (showsAll) {
    return (
      <section class="card choice" aria-labelledby="all-roles">
        <h2 id="all-roles">{text('popup_allRolesTitle')}</h2>
        <AllRoles view={view} login={login} picking={picking} onBack={() => setShowsAll(false)} />
      </section>
    );
  }
  return (
    <section class="card choice" aria-labelledby="choose">
      <h2 id="choose">{text('popup_whichRole')}</h2>
      <p class="hint">{text('popup_whichRoleHint')}</p>
      <RolePicker
        view={view}
        login={login}
        search={search}
        picking={picking}
        onAll={() => setShowsAll(true)}
      />
    </section>
  );
}

/** Shown if nothing was chosen while AWS still accepted the login. */
export function ExpiredChoice() {
  return (
    <section class="card">
      <h2>{text('popup_choiceExpired')}</h2>
      <p class="hint">{text('popup_choiceExpiredHint')}</p>
    </section>
  );
}
