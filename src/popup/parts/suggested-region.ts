import { partitionOf, partitions } from '../../core/aws/partition.ts';
import { parseRoleArn } from '../../core/aws/role.ts';
import { knownRegion } from '../../page/known-region.ts';
import type { LoginView, RoleView, View } from '../../webext/messages.ts';

/**
 * The region for the profile of a role; empty if nothing suggests one. What the config file has for that very profile
 * stands: the host would not replace it. Without `profile` it is that of several new ones.
 */
export function suggestedRegion(view: View, login: LoginView, role: RoleView, profile?: string): string {
  const { regions, settings, bindings } = view;
  const wishes = [
    profile && knownRegion(view, profile),
    login.region,
    settings.region,
    bindings.findLast(({ region }) => region !== undefined)?.region,
    regions.default,
  ];
  return wishes.find((region) => region && mayBeIn(region, role)) || '';
}

/** Regions that no partition has may be newer than Roleferry. */
function mayBeIn(region: string, { roleArn }: RoleView): boolean {
  const partition = partitions.find(({ regions }) => regions.includes(region));
  return partition === undefined || partition === partitionOf(parseRoleArn(roleArn)?.partition ?? '');
}

/** Whether nobody has said yet which region new profiles get. */
export const isRegionAsked = ({ settings, bindings }: View): boolean =>
  settings.region === undefined && bindings.every(({ region }) => region === undefined);
