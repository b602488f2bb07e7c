import { parseRoleArn, type Role } from '../core/role.ts';

/**
 * A name for the profile of a role that has none yet: the role's own, in small letters, with the account
 * behind it when another login has that name already.
 */
export function suggestProfile(role: Role, taken: readonly { profile: string }[]): string {
  const arn = parseRoleArn(role.roleArn);
  if (arn === undefined) return '';
  const name = arn.name.toLowerCase().replace(/[^a-z0-9_.-]+/g, '-');
  return taken.some(({ profile }) => profile === name) ? `${name}-${arn.accountId}` : name;
}
