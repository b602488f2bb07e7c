import type { Role } from '../../core/aws/role.ts';
import { lesserName } from '../../core/profile/lesser-name.ts';
import { type Naming, suggestNames } from '../../core/profile/suggest-names.ts';

/** A name for a role's profile that nothing else has. `whole`: the profile of the same role with all its rights. */
export function suggestedName(role: Role, naming: Naming, whole: string | undefined): string {
  const [name = ''] = suggestNames([role], naming).names;
  return role.sessionPolicy ? lesserName(whole ?? name, role.sessionPolicy, naming.taken) : name;
}
