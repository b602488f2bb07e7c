import * as v from 'valibot';
import type { Role } from '../core/role.ts';
import { localItem } from './local-item.ts';
import { readPolicy } from './policy.ts';

/** Who may write where: logins of this issuer, provider and role go to this profile. */
const bindingSchema = v.object({
  issuer: v.string(),
  providerArn: v.string(),
  roleArn: v.string(),
  profile: v.string(),
});

export type Binding = v.InferOutput<typeof bindingSchema>;

/** What a binding is found by. */
export type BindingKey = Omit<Binding, 'profile'>;

const item = localItem('bindings', v.array(bindingSchema), []);

/** Those that stand: the administrator's first, then the person's where they do not contradict. */
export async function readBindings(): Promise<Binding[]> {
  const policy = await readPolicy();
  if (!policy.ok) return [];
  const fixed = policy.value.profiles ?? [];
  const free = (await item.read()).filter((own) => !fixed.some((other) => contradicts(own, other)));
  return [...fixed, ...free];
}

const contradicts = (own: Binding, fixed: Binding): boolean =>
  isBoundBy(own, fixed) || own.profile === fixed.profile;

export const keyOf = (issuer: string, role: Role): BindingKey => ({ issuer, ...role });

export const isBoundBy = (binding: Binding, to: BindingKey): boolean =>
  binding.issuer === to.issuer && binding.providerArn === to.providerArn && binding.roleArn === to.roleArn;

/** Gives the profile to this login alone: the key's old profile and the profile's old key are let go. */
export function bind(to: BindingKey, profile: string): Promise<void> {
  const { issuer, providerArn, roleArn } = to;
  return item.change((bindings) => [
    ...bindings.filter((binding) => !isBoundBy(binding, to) && binding.profile !== profile),
    { issuer, providerArn, roleArn, profile },
  ]);
}

/** Lets go of a binding of the person's; the profile and what is in it stay. */
export function unbind(key: BindingKey): Promise<void> {
  return item.change((bindings) => bindings.filter((binding) => !isBoundBy(binding, key)));
}
