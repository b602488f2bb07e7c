import { partitionOf, partitions } from './partition.ts';
import { parseRoleArn } from './role.ts';

/** Whether a role can be used in a region. One that no partition has may be newer than Roleferry. */
export function mayBeIn(region: string, roleArn: string): boolean {
  const partition = partitions.find(({ regions }) => regions.includes(region));
  return partition === undefined || partition === partitionOf(parseRoleArn(roleArn)?.partition ?? '');
}
