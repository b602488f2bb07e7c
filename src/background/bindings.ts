import * as v from 'valibot';
import { grouped } from '../core/grouped.ts';
import type { Role } from '../core/role.ts';
import { readPolicy } from './policy.ts';
import { localItem } from './stored-item.ts';

/** Who may write where: logins of this issuer, provider and role, in this container of Firefox, go to this profile. */
const bindingSchema = v.object({
  issuer: v.string(),
  providerArn: v.string(),
  roleArn: v.string(),
  profile: v.string(),
  container: v.optional(v.string()),
});

export type Binding = v.InferOutput<typeof bindingSchema>;

/** What a binding is found by. */
export type BindingKey = Omit<Binding, 'profile'>;

const item = localItem('bindings', v.array(bindingSchema), []);

/** Those that stand: the administrator's first, then the person's where they do not contradict. */
export async function readBindings(): Promise<Binding[]> {
  const [policy, own] = await Promise.all([readPolicy(), item.read()]);
  if (!policy.ok) return [];
  const fixed = policy.value.profiles ?? [];
  const free = own.filter((one) => !fixed.some((other) => contradicts(one, other)));
  return [...fixed, ...free];
}

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

export const isBoundBy = (binding: Binding, to: BindingKey): boolean =>
  binding.issuer === to.issuer &&
  binding.providerArn === to.providerArn &&
  binding.roleArn === to.roleArn &&
  isSameContainer(binding, to);

/** Who names no container means all: policies, other browsers, bindings of earlier versions. */
const isSameContainer = (a: BindingKey, b: BindingKey): boolean =>
  a.container === undefined || b.container === undefined || a.container === b.container;

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
  return item.change((bindings) => [...bindings.filter((old) => !isLetGo(old)), ...made.map(stored)]);
};

const stored = ({ providerArn, roleArn, profile, ...of }: Binding): Binding => ({
  ...keyOf(of, { providerArn, roleArn }),
  profile,
});

/** Lets go of a binding of the person's; the profile and what is in it stay. */
export function unbind(key: BindingKey): Promise<void> {
  return item.change((bindings) => bindings.filter((binding) => !isBoundBy(binding, key)));
}
