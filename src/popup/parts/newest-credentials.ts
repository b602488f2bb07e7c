import type { LoginView, RoleView, View } from '../../webext/messages.ts';
import { mayWrite } from './entries.ts';

interface Held {
  login: LoginView;
  role: RoleView;
}

/**
 * The credentials that the person means by the newest: of those that go to a profile by the person's own word the ones
 * of the newest login, and of that login's those of the role that the browser went into the console with. A web page can
 * post a login of its own at any time: credentials for which nobody has said anything are not meant, nor those of a login
 * under another name than the profile's. Where nothing may be written there is no such word, and what is held is meant as
 * long as all of it is of one provider and one name.
 *
 * `nothing` is held, or what is held is `unclear`.
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
  return ofLogin.find(({ role }) => role.consoleUrl !== undefined) ?? ofLogin[0] ?? newest;
}

function areOfOnePerson(held: readonly Held[], { changingNames }: View): boolean {
  const persons = held.map(({ login: { issuer }, role: { providerArn, sessionName } }) =>
    JSON.stringify([issuer, providerArn, changingNames.includes(issuer) ? '' : sessionName]),
  );
  return new Set(persons).size === 1;
}

const byStart = (one: Held, other: Held): number => (other.role.startedAt ?? 0) - (one.role.startedAt ?? 0);
