import { type Role, sameRole } from '../../core/aws/role.ts';
import { policyKey, type SessionPolicy } from '../../core/aws/session-policy.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import type { ChainView, LoginView, RoleView } from '../../webext/login-view.ts';
import type { BindingView, View } from '../../webext/view.ts';

/**
 * An entry of the popup's list: a role that AWS was asked for, a second role, or a binding waiting for a login. A second
 * role follows the one that it is assumed from, if that is in the list.
 */
export type Entry = { key: string } & (
  | { kind: 'role'; login: LoginView; role: RoleView; needsPerson: boolean }
  | { kind: 'chain'; chain: ChainView; follows: boolean }
  | { kind: 'resting'; binding: BindingView }
);

/** Whether anything can be written: neither the administrator nor the user has turned it off. */
export const mayWrite = ({ policy, settings }: View): boolean =>
  policy.mayWrite && settings.behaviour !== 'never';

/** Whether there are credentials of this role to save and to copy. */
export const isHeld = ({ state }: RoleView): boolean =>
  state === 'ready' || state === 'saving' || state === 'saved';

/** As people count: team2 before team10. */
const inOrder = new Intl.Collator('en', { numeric: true });

/**
 * The list in its order: first what needs the user, then favourites, then the others, newest first, each followed by
 * its second roles. Bindings without a login come behind these, by profile name. `risen` are the keys of entries that
 * needed the user while this popup was open: they keep their place. `everything` has also what only a search finds.
 */
export function entriesOf(view: View, risen: ReadonlySet<string>, everything = false): Entry[] {
  const [newest] = view.logins;
  const known = view.logins.flatMap((login) =>
    login.roles.map((role) => ({ login, role, isListed: isShown(login, role, login === newest) })),
  );
  const roles = known
    .filter((one) => one.isListed || (everything && isFound(one, known, view)))
    .map(({ login, role }) => roleEntry(view, login, role));
  const isOnTop = (entry: (typeof roles)[number]) => entry.needsPerson || risen.has(entry.key);
  const resting = view.bindings
    .filter(
      (binding) =>
        !roles.some(
          ({ login, role }) =>
            role.expectedName === undefined &&
            isBoundBy(binding, { ...role, issuer: login.issuer, container: login.container }),
        ),
    )
    .sort((a, b) => inOrder.compare(a.profile, b.profile));
  const others = [
    ...roles.filter((entry) => !isOnTop(entry)),
    ...resting.map((binding) => ({
      kind: 'resting' as const,
      key: `resting ${binding.issuer} ${roleKey(binding)} ${binding.container}`,
      binding,
    })),
  ];
  const isLoved = (entry: Entry) => isFavourite(entry, view);
  return withChains(
    [...roles.filter(isOnTop), ...others.filter(isLoved), ...others.filter((entry) => !isLoved(entry))],
    chainsOf(view),
  );
}

/** Whether the user has starred its role. */
export const isFavourite = (entry: Entry, { settings }: View): boolean =>
  settings.favourites.includes(subjectOf(entry).roleArn);

/** Each chain after its source; those without one at the end. */
function withChains(sources: Entry[], chains: ChainView[]): Entry[] {
  const left = new Set(chains);
  const entryOf = (chain: ChainView, follows: boolean): Entry => ({
    kind: 'chain',
    key: `chain ${chain.profile}`,
    chain,
    follows,
  });
  const behind = (entry: Entry): Entry[] => {
    const profile = boundProfile(entry);
    const own = [...left].filter((chain) => chain.source === profile || isAssumedFrom(entry, chain));
    for (const chain of own) left.delete(chain);
    return own.map((chain) => entryOf(chain, true));
  };
  return [
    ...sources.flatMap((entry) => [entry, ...behind(entry)]),
    ...[...left].map((chain) => entryOf(chain, false)),
  ];
}

/** Also if the profile was renamed since it was written. */
const isAssumedFrom = (entry: Entry, { profile }: ChainView): boolean =>
  entry.kind === 'role' && entry.role.chained.some((chain) => chain.profile === profile);

function boundProfile(entry: Entry): string | undefined {
  if (entry.kind === 'resting') return entry.binding.profile;
  return entry.kind === 'role' && entry.role.bound ? entry.role.profile : undefined;
}

/** Whether a failed second role can still be assumed: its source's login lasts. */
export const canTryAgain = (view: View, { state, profile }: ChainView): boolean =>
  state === 'failed' &&
  mayWrite(view) &&
  view.logins
    .flatMap(({ roles }) => roles)
    .some((role) => role.state === 'saved' && role.chained.some((chain) => chain.profile === profile));

/** Whether a role is there to be chosen: nobody has asked for it, and no tool is to ask. */
export const isOffered = ({ state, onDemand, sessionPolicy }: RoleView): boolean =>
  state === 'offered' && !onDemand && sessionPolicy === undefined;

/** The roles of the newest login that nobody has asked for, while they can be had. */
export const offeredRoles = ({ logins: [newest] }: View): RoleView[] =>
  newest?.open ? newest.roles.filter(isOffered) : [];

const roleKey = ({ roleArn, providerArn, sessionPolicy }: Role): string =>
  `${roleArn} ${providerArn} ${policyKey(sessionPolicy)}`;

/** What an entry is about. */
export function subjectOf(entry: Entry): {
  roleArn: string;
  accountId: string;
  roleName: string;
  profile: string;
  sessionPolicy?: SessionPolicy;
} {
  if (entry.kind === 'role') return entry.role;
  return entry.kind === 'chain' ? entry.chain : entry.binding;
}

function roleEntry(view: View, login: LoginView, role: RoleView) {
  const { state } = role;
  return {
    kind: 'role' as const,
    key: `${login.id} ${roleKey(role)}`,
    login,
    role,
    needsPerson:
      (mayWrite(view) && (state === 'ready' || (state === 'saving' && !role.bound))) ||
      (login.open && (state === 'failed' || (state === 'exchanging' && !role.bound))) ||
      (state === 'forgotten' && role.failure !== undefined),
  };
}

/** Of older logins only what is still of use: credentials, also in the file, or a role that can be requested again. */
function isShown(login: LoginView, { state }: RoleView, isNewest: boolean): boolean {
  if (state === 'forgotten') return true;
  if (state === 'offered' || login.failure !== undefined) return false;
  if (isNewest || state === 'ready' || state === 'saving' || state === 'saved') return true;
  return login.open && (state === 'failed' || state === 'exchanging');
}

interface Known {
  login: LoginView;
  role: RoleView;
  isListed: boolean;
}

/** Roles that have ended, and those of the newest login that can't be had any more, unless they are listed anyway. */
function isFound({ login, role }: Known, known: readonly Known[], { logins, bindings }: View): boolean {
  const isOffered = role.state === 'offered' && login === logins[0] && !login.open;
  if (login.failure !== undefined || !(isOffered || role.state === 'expired')) return false;
  const key = { ...role, issuer: login.issuer, container: login.container };
  if (bindings.some((binding) => isBoundBy(binding, key))) return false;
  const same = known.filter((other) => other.login.issuer === login.issuer && sameRole(other.role, role));
  return !same.some(({ isListed }) => isListed) && same[0]?.login === login;
}

/** All chains, with the outcome if their source is logged in. */
function chainsOf({ logins, chains }: View): ChainView[] {
  const live = logins.flatMap(({ roles }) => roles.flatMap(({ chained }) => chained));
  return chains.map((chain) => live.find(({ profile }) => profile === chain.profile) ?? chain);
}
