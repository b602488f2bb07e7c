import type { LoginView, RoleView } from '../../webext/login-view.ts';
import type { View } from '../../webext/view.ts';
import { mayWrite } from './entries.ts';

interface Held {
  login: LoginView;
  role: RoleView;
}

/**
 * The credentials that the user means by “the newest”. Any web page can post a login, so only credentials that go to
 * a profile by the user's word count, and none under another name than the profile's. Of these: the newest login's,
 * and of its roles the one that the browser opened the console with, with all rights before fewer. If nothing may be written, there is no such
 * word; then the newest held ones count, as long as all belong to one provider and one name.
 *
 * Returns `nothing` if none are held, `unclear` if it cannot tell.
 */
export function newestCredentials(view: View): Held | 'nothing' | 'unclear' {
  const held = view.logins.flatMap((login) =>
    login.roles
      .filter(({ state }) => state === 'ready' || state === 'saving' || state === 'saved')
      .map((role) => ({ login, role })),
  );
  if (held.length === 0) return 'nothing';
  const named = held.filter(({ role }) => role.expectedName === undefined);
  const meant = mayWrite(view) ? named.filter(({ role }) => role.bound || role.state !== 'ready') : named;
  const [newest] = meant;
  if (newest === undefined || !(mayWrite(view) || areOfOnePerson(held, view))) return 'unclear';
  const ofLogin = meant.filter(({ login }) => login === newest.login).sort(byStart);
  return ofLogin.find(({ login, role }) => role.roleArn === login.consoleRoleArn) ?? ofLogin[0] ?? newest;
}

function areOfOnePerson(held: readonly Held[], { changingNames }: View): boolean {
  const persons = held.map(({ login: { issuer }, role: { providerArn, sessionName } }) =>
    JSON.stringify([issuer, providerArn, changingNames.includes(issuer) ? '' : sessionName]),
  );
  return new Set(persons).size === 1;
}

/** Of one login all come at the same moment, so lesser ones stand behind those with all rights. */
const byStart = (one: Held, other: Held): number =>
  lessers(one) - lessers(other) || (other.role.startedAt ?? 0) - (one.role.startedAt ?? 0);

const lessers = ({ role }: Held): number => (role.sessionPolicy === undefined ? 0 : 1);
