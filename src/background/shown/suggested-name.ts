import type { Role } from '../../core/aws/role.ts';
import { lesserName } from '../../core/profile/lesser-name.ts';
import { fillNames, isFree, type Naming, suggestNames } from '../../core/profile/suggest-names.ts';

/** What the template alone names a role, and what else that depends on. */
interface Filled {
  template: string;
  accountName: string | undefined;
  name: string;
}

/** Hundreds of roles are named anew for each view, and the popup waits for its first. */
const filled = new WeakMap<Role, Filled>();

/** A name for a role's profile that nothing else has. `whole`: the profile of the same role with all its rights. */
export function suggestedName(
  role: Role,
  accountId: string,
  naming: Naming,
  whole: string | undefined,
): string {
  const plain = plainName(role, accountId, naming);
  const name = isFree(plain, naming) ? plain : (suggestNames([role], naming).names[0] ?? '');
  return role.sessionPolicy ? lesserName(whole ?? name, role.sessionPolicy, naming.taken) : name;
}

function plainName(role: Role, accountId: string, { template, accounts }: Naming): string {
  const accountName = accounts[accountId]?.name;
  const known = filled.get(role);
  if (known?.template === template && known.accountName === accountName) return known.name;
  const [name = ''] = fillNames([role], { template, accounts });
  filled.set(role, { template, accountName, name });
  return name;
}
