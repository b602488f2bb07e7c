import { type Role, sameRole } from '../aws/role.ts';

/** Which logins a binding is for: of this issuer, with this role through this provider, in this container. */
export interface BindingKey extends Role {
  issuer: string;
  /** Firefox's id of a container. */
  container?: string | undefined;
}

/** Whether two keys mean the same logins. */
export const isBoundBy = (binding: BindingKey, to: BindingKey): boolean =>
  binding.issuer === to.issuer && sameRole(binding, to) && isSameContainer(binding, to);

/** No container means all of them: policies, other browsers and bindings of earlier versions name none. */
export const isSameContainer = (
  a: Pick<BindingKey, 'container'>,
  b: Pick<BindingKey, 'container'>,
): boolean => a.container === undefined || b.container === undefined || a.container === b.container;
