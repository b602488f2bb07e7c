import { type Role, sameOffer } from '../../core/aws/role.ts';
import type { SessionPolicy } from '../../core/aws/session-policy.ts';
import { sessionPolicyFailure } from '../../core/aws/session-policy-failure.ts';
import { failure } from '../../core/failure.ts';
import { widerThanDemanded } from '../../core/policy/demanded-policy.ts';
import { type BindingKey, isBoundBy, isSameContainer } from '../../core/profile/binding.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { rebind } from '../profiles/rebind.ts';
import { bindingRefusal } from '../rules/binding-refusal.ts';
import { type Binding, isOfName, keyOf } from '../rules/bindings.ts';
import { readRules } from '../settings/read-rules.ts';
import { readSettings } from '../settings/settings.ts';
import { isOpen, type Login } from '../state/login.ts';
import { addRoles, changeLogin } from '../state/login-changes.ts';
import { changeLogins, readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { saveMany } from './ask-for-role.ts';

/** A profile with fewer rights than its role, and which logins it is for. */
export interface Lesser {
  issuer: string;
  container?: string | undefined;
  role: Role & { sessionPolicy: SessionPolicy };
  profile: string;
}

/** What a profile with fewer rights can be added to. */
export interface Place {
  key: BindingKey;
  /** The profile with all rights. */
  whole: Binding | undefined;
  /** A login that offers the role and can be redeemed. */
  login: Login | undefined;
}

/**
 * Gives a role another profile with fewer rights. If a login that offers the role can be redeemed, the profile is
 * written and then bound, and what became of it is kept with the login; else it is bound, and the next login writes it.
 */
export async function addLesser(
  memory: Memory,
  { role, profile }: Lesser,
  { key, whole, login }: Place,
): Promise<Result<void>> {
  if (login === undefined) {
    await rebind(memory, [{ ...key, profile, sessionName: whole?.sessionName }]);
    return ok(undefined);
  }
  await offerLesser(memory, login, role);
  return saveMany(memory, login.id, [{ role, profile }]);
}

/** The login offers the role with fewer rights from now on. */
export const offerLesser = (memory: Memory, { id }: Login, role: Role): Promise<void> =>
  changeLogins(memory, (logins) => changeLogin(logins, id, (login) => addRoles(login, [role])));

/** Failures: `writing-off`, those of session policies and of `bindingRefusal`. */
export async function placeOfLesser(
  memory: Memory,
  { issuer, container, role, profile }: Lesser,
): Promise<Result<Place>> {
  const key = keyOf({ issuer, container }, role);
  const [settings, rules, logins] = await Promise.all([
    readSettings(memory),
    readRules(memory),
    readLogins(memory),
  ]);
  const refusal =
    sessionPolicyFailure(role.sessionPolicy, role.roleArn) ??
    (rules.policy.ok ? widerThanDemanded(rules.policy.value, role) : undefined) ??
    (settings.behaviour === 'never' ? failure('writing-off') : bindingRefusal(key, { profile }, rules));
  if (refusal !== undefined) return failed(refusal);
  const { sessionPolicy: _, ...wholeKey } = key;
  const whole = rules.bindings.find((one) => isBoundBy(one, wholeKey));
  const now = Date.now();
  const login = logins.find(
    (one) =>
      isOpen(one, now) &&
      one.issuer === issuer &&
      isSameContainer(one, key) &&
      one.roles.some((offered) => sameOffer(offered, role)) &&
      (whole === undefined || isOfName(whole, one.sessionName)),
  );
  return ok({ key, whole, login });
}
