import { type Role, sameRole, sessionNameOf } from '../../core/aws/role.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { isBoundBy } from '../../core/profile/binding.ts';
import type { Login } from '../state/login.ts';
import { type Binding, isOfName, keyOf } from './bindings.ts';

/** The profiles of a login's roles that are for another session name than the login's. */
export interface OtherName {
  /** The name that the profiles are for. */
  known: string;
  /** The login's name, as STS confirmed it. */
  given: string;
  bound: readonly { role: Role; binding: Binding }[];
}

/**
 * By the name that they are for: the profiles that would get a login's name if the user says that both are theirs. One
 * login has one name, so once STS has confirmed it for a role with another name, it holds for roles that were not asked
 * for yet, too. Profiles whose name the administrator has set are left out.
 */
export function otherNames(login: Login, bindings: readonly Binding[], policy: Policy): OtherName[] {
  const confirmed = login.sessions.flatMap((session) =>
    session.step === 'ready' ? [{ role: session.role, name: sessionNameOf(session.principalArn) }] : [],
  );
  const [given, ...others] = new Set(confirmed.map(({ name }) => name));
  // AWS knows one login by one name; where it seems otherwise, each role is asked about by itself.
  if (given === undefined || others.length > 0) return [];
  const isConfirmed = (role: Role) => confirmed.some((one) => sameRole(one.role, role));
  const isNameSet = (binding: Binding) =>
    policy.profiles?.some((one) => one.sessionName !== undefined && isBoundBy(one, binding)) ?? false;
  const found = new Map<string, OtherName['bound'][number][]>();
  for (const role of login.roles) {
    const binding = bindings.find((one) => isBoundBy(one, keyOf(login, role)));
    if (binding?.sessionName === undefined || isOfName(binding, given) || isNameSet(binding)) continue;
    found.set(binding.sessionName, [...(found.get(binding.sessionName) ?? []), { role, binding }]);
  }
  return [...found]
    .filter(([, bound]) => bound.some(({ role }) => isConfirmed(role)))
    .map(([known, bound]) => ({ known, given, bound }));
}
