import * as v from 'valibot';
import type { Role } from '../../core/aws/role.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import type { Result } from '../../core/result.ts';
import { grouped } from '../../core/words/grouped.ts';
import { localItem } from '../state/stored-item.ts';
import { readChangingNames } from './changing-names.ts';
import { readPolicy, shownPolicy } from './policy.ts';

/** Who may write where: logins of this issuer, provider and role, in this container of Firefox, go to this profile. */
const bindingSchema = v.object({
  issuer: v.string(),
  providerArn: v.string(),
  roleArn: v.string(),
  profile: v.string(),
  container: v.optional(v.string()),
  /** Whose logins: the session name that STS vouched for at the last write; none is known before the first. */
  sessionName: v.optional(v.string()),
});

export type Binding = v.InferOutput<typeof bindingSchema>;

const item = localItem('bindings', v.array(bindingSchema), []);

/** The names that were learnt for profiles which the administrator fixed. */
const fixedItem = localItem('fixedNames', v.array(bindingSchema), []);

/**
 * Those that stand: the administrator's first, then the person's where they do not contradict. Where names change at
 * each login, none is known, unless the administrator fixed it. For whoever decides: a policy that is awaited is waited
 * for. None while the policy cannot be read.
 */
export const readBindings = (): Promise<Binding[]> => bindingsUnder(readPolicy());

/** The same for whoever shows them: never waits. */
export const shownBindings = (): Promise<Binding[]> => bindingsUnder(shownPolicy());

async function bindingsUnder(asked: Promise<Result<Policy>>): Promise<Binding[]> {
  const [policy, own, learnt, changing] = await Promise.all([
    asked,
    item.read(),
    fixedItem.read(),
    readChangingNames(),
  ]);
  if (!policy.ok) return [];
  const fixed = policy.value.profiles ?? [];
  const free = own.filter((one) => !fixed.some((other) => contradicts(one, other)));
  const compared = (one: Binding, sessionName: string | undefined): Binding =>
    changing.includes(one.issuer) ? { ...one, sessionName: undefined } : { ...one, sessionName };
  return [
    ...fixed.map((one) =>
      one.sessionName === undefined
        ? compared(one, learnt.find((other) => isSameBinding(other, one))?.sessionName)
        : one,
    ),
    ...free.map((one) => compared(one, one.sessionName)),
  ];
}

/**
 * Whether a login with this session name is a binding's. Names are compared letter by letter; where either is not
 * known, there is nothing to compare.
 */
export const isOfName = ({ sessionName }: Binding, given: string | undefined): boolean =>
  sessionName === undefined || given === undefined || sessionName === given;

const contradicts = (own: Binding, fixed: Binding): boolean =>
  isBoundBy(own, fixed) || own.profile === fixed.profile;

export const keyOf = (
  { issuer, container }: Pick<BindingKey, 'issuer' | 'container'>,
  role: Role,
): BindingKey => ({
  issuer,
  ...role,
  ...(container === undefined ? {} : { container }),
});

/** Those that the person made, whatever the administrator has fixed. */
export const readOwnBindings = (): Promise<Binding[]> => item.read();

/**
 * Gives each profile to its login alone: the key's old profile and the profile's old key are let go. No two of those
 * that are made may have the same key or profile. Of a file there may be thousands.
 */
export const bindAll = (made: readonly Binding[]): Promise<void> => {
  const profiles = new Set(made.map(({ profile }) => profile));
  const byRole = grouped(made, ({ roleArn }) => roleArn);
  const isLetGo = (old: Binding) =>
    profiles.has(old.profile) || byRole.get(old.roleArn)?.some((one) => isBoundBy(old, one));
  return item.change((bindings) => [
    ...bindings.filter((old) => !isLetGo(old)),
    ...made.map((one) => stored(one, bindings)),
  ]);
};

/** Under another name of the profile it is the same person's still. */
function stored({ providerArn, roleArn, profile, ...of }: Binding, before: readonly Binding[]): Binding {
  const key = keyOf(of, { providerArn, roleArn });
  const sessionName = of.sessionName ?? before.find((old) => isBoundBy(old, key))?.sessionName;
  return { ...key, profile, ...(sessionName === undefined ? {} : { sessionName }) };
}

/** Keeps whose login was written to a bound profile: from now on the profile is for this name. */
export async function learnName(written: Binding): Promise<void> {
  const isIt = (one: Binding) => isSameBinding(one, written);
  const isNews = (all: readonly Binding[]) =>
    !all.some((one) => isIt(one) && one.sessionName === written.sessionName);
  const [policy, own, learnt] = await Promise.all([readPolicy(), item.read(), fixedItem.read()]);
  const fixed = policy.ok ? policy.value.profiles?.find(isIt) : undefined;
  if (own.some(isIt) && isNews(own)) {
    await item.change((bindings) =>
      bindings.map((one) => (isIt(one) ? { ...one, sessionName: written.sessionName } : one)),
    );
  }
  if (fixed !== undefined && fixed.sessionName === undefined && isNews(learnt)) {
    await fixedItem.change((names) => [
      ...names.filter((one) => !isIt(one)),
      { ...fixed, sessionName: written.sessionName },
    ]);
  }
}

const isSameBinding = (a: Binding, b: Binding): boolean => a.profile === b.profile && isBoundBy(a, b);

/** Lets go of a binding of the person's; the profile and what is in it stay. */
export function unbind(key: BindingKey): Promise<void> {
  return item.change((bindings) => bindings.filter((binding) => !isBoundBy(binding, key)));
}
