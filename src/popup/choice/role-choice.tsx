import type { LoginView, View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';
import { RolePicker } from './role-picker.tsx';

/** The roles of a login with several, until the user chooses one here or on AWS's page. */
export function RoleChoice({ view, login, search }: { view: View; login: LoginView; search: string }) {
  if (!login.open) return <ExpiredChoice />;
  return (
    <section class="card choice" aria-labelledby="choose">
      <h2 id="choose">{text('popup_whichRole')}</h2>
      <p class="hint">{text('popup_whichRoleHint')}</p>
      <RolePicker view={view} login={login} search={search} />
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
