import { parseRoleArn } from '../../core/aws/role.ts';
import type { LoginView } from '../../webext/login-view.ts';
import type { View } from '../../webext/view.ts';
import type { Entry } from './entries.ts';

/** Whether the console can be opened with an entry's role, and if not, why. */
export type ConsoleAccess =
  /** `laterToo`: other roles have logged in since, and this one still is. */
  | { state: 'open'; laterToo: boolean }
  /** From the console of the role that it is assumed from. */
  | { state: 'switch' }
  | ({
      state: 'closed';
      /** The role that the console has to be open with first, where it is another one. */
      first?: string;
    } & Reason);

type Reason =
  | { why: 'no-login' | 'ended' | 'other-container' }
  | { why: 'other-role'; roleName: string; accountId: string };

/** How long AWS keeps a login to the console that asks for nothing else. */
const usualSeconds = 3600;

/** AWS's multi-session support keeps as many. */
const mostConsoles = 5;

/**
 * Whether this browser's console can be opened with an entry's role, as far as its logins tell: nobody sees whether the
 * user has logged out there. `now` in milliseconds since the epoch.
 */
export function consoleAccess(entry: Entry, view: View, now: number): ConsoleAccess {
  if (entry.kind === 'role') return accessOf(entry.role.roleArn, entry.login.container, view, now);
  if (entry.kind === 'resting') return accessOf(entry.binding.roleArn, entry.binding.container, view, now);
  const { source } = entry.chain;
  const origin = originOf(source, view);
  if (origin === undefined) return { state: 'closed', why: 'no-login', first: source };
  const access = accessOf(origin.roleArn, origin.container, view, now);
  return access.state === 'closed' ? { ...access, first: source } : { state: 'switch' };
}

/** The role that a profile is of. */
export function originOf(profile: string, { logins, bindings }: View) {
  const held = logins
    .flatMap((login) => login.roles.map((role) => ({ ...role, login })))
    .find((role) => role.profile === profile && (role.bound || role.state === 'saved'));
  if (held === undefined) return bindings.find((binding) => binding.profile === profile);
  const { container, issuer } = held.login;
  return { roleArn: held.roleArn, issuer, container };
}

function accessOf(roleArn: string, container: string | undefined, view: View, now: number): ConsoleAccess {
  if (!isUsual(container)) return { state: 'closed', why: 'other-container' };
  const partition = partitionOfRole(roleArn);
  const consoles = view.logins.filter(
    ({ consoleRoleArn, container }, index, all) =>
      partitionOfRole(consoleRoleArn ?? '') === partition &&
      isUsual(container) &&
      all.findIndex((login) => login.consoleRoleArn === consoleRoleArn) === index,
  );
  const own = consoles.findIndex((login) => login.consoleRoleArn === roleArn);
  const [newest] = consoles;
  const reached = view.settings.manyConsoles ? mostConsoles : 1;
  const login = consoles[own];
  if (login !== undefined && own < reached && now < endOf(login)) {
    return { state: 'open', laterToo: own > 0 };
  }
  const other = parseRoleArn(newest?.consoleRoleArn ?? '');
  if (newest === undefined || other === undefined) return { state: 'closed', why: 'no-login' };
  if (login !== undefined && now >= endOf(login)) return { state: 'closed', why: 'ended' };
  if (now >= endOf(newest)) return { state: 'closed', why: 'no-login' };
  return { state: 'closed', why: 'other-role', roleName: other.name, accountId: other.accountId };
}

/** A link leads into the tabs outside of Firefox's containers. */
const isUsual = (container: string | undefined): boolean =>
  container === undefined || container === 'firefox-default';

const partitionOfRole = (roleArn: string): string | undefined => parseRoleArn(roleArn)?.partition;

const endOf = ({ seenAt, sessionDuration = usualSeconds }: LoginView): number =>
  seenAt + sessionDuration * 1000;
