import * as v from 'valibot';
import type { Role } from '../core/role.ts';
import { localItem } from './local-item.ts';

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

export const readBindings = (): Promise<Binding[]> => item.read();

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
