import { partitionOf } from '../../core/aws/partition.ts';
import { parseRoleArn, type Role } from '../../core/aws/role.ts';
import type { Login } from '../state/login.ts';

/**
 * The console of a role's partition, where the browser itself is logged in as this role: it went in with this login,
 * and no later login of the partition took its place.
 */
export function consoleUrlOf(logins: readonly Login[], login: Login, role: Role): string | undefined {
  if (login.consoleRoleArn !== role.roleArn) return undefined;
  const partition = parseRoleArn(role.roleArn)?.partition ?? '';
  const latest = logins.find(
    ({ consoleRoleArn }) => parseRoleArn(consoleRoleArn ?? '')?.partition === partition,
  );
  const host = partitionOf(partition)?.signInHosts[0]?.replace(/^signin/, 'console');
  return latest?.id === login.id && host !== undefined ? `https://${host}/` : undefined;
}
