import { partitionOf, partitions } from './partition.ts';
import { parseRoleArn } from './role.ts';
import { parseSignInHost } from './sign-in-host.ts';

/**
 * The region whose STS is asked for a role: that of the sign-in host when it is a regional one, else the
 * person's setting, else the default of the role's partition. A region outside the role's partition is
 * passed over, since no STS there knows the role.
 */
export function stsRegion(wish: { roleArn: string; signInHost?: string; setting?: string }): string {
  const partition = partitionOf(parseRoleArn(wish.roleArn)?.partition ?? 'aws');
  const signIn = parseSignInHost(wish.signInHost ?? '');
  for (const region of [signIn?.region, wish.setting]) {
    if (region !== undefined && partition?.regions.includes(region)) return region;
  }
  return partition?.defaultRegion ?? 'us-east-1';
}

/** The host of STS in a region. */
export function stsHost(region: string): string {
  const partition = partitions.find(({ regions }) => regions.includes(region));
  return `sts.${region}.${partition?.dnsSuffix ?? 'amazonaws.com'}`;
}

/** Every STS host that Roleferry may ask. */
export const stsHosts = (): string[] => partitions.flatMap(({ regions }) => regions.map(stsHost));
