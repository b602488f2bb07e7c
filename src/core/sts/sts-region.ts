import { partitionOf, partitions } from '../aws/partition.ts';
import { parseRoleArn } from '../aws/role.ts';
import { parseSignInHost } from '../aws/sign-in-host.ts';

/**
 * The region whose STS is asked for a role: that of a regional sign-in host, else the user's setting, else the
 * default of the role's partition. Regions outside the role's partition are ignored, since their STS doesn't know the
 * role.
 */
export function stsRegion(wish: { roleArn: string; signInHost?: string; setting?: string }): string {
  const partition = partitionOf(parseRoleArn(wish.roleArn)?.partition ?? 'aws');
  // Stryker disable next-line StringLiteral: neither is a sign-in host
  const signIn = parseSignInHost(wish.signInHost ?? '');
  for (const region of [signIn?.region, wish.setting]) {
    // Stryker disable next-line ConditionalExpression: no partition has a region without a name
    if (region !== undefined && partition?.regions.includes(region)) return region;
  }
  return partition?.defaultRegion ?? 'us-east-1';
}

/** STS's host in a region. */
export function stsHost(region: string): string {
  const partition = partitions.find(({ regions }) => regions.includes(region));
  return `sts.${region}.${partition?.dnsSuffix ?? 'amazonaws.com'}`;
}

/**
 * Regions that also have a FIPS STS. Source: AWS General Reference, "AWS Security Token Service endpoints"; the SDK's
 * rules make up a name for every region, whether the host exists or not.
 */
const fipsRegions = ['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2'];

/** STS's host with FIPS 140 validated cryptography in a region; `undefined` if there is none. */
export function fipsStsHost(region: string): string | undefined {
  // In GovCloud every STS does.
  // Stryker disable next-line OptionalChaining: GovCloud is one of the partitions
  if (partitionOf('aws-us-gov')?.regions.includes(region)) return stsHost(region);
  return fipsRegions.includes(region) ? fipsHost(region) : undefined;
}

const fipsHost = (region: string): string => stsHost(region).replace('sts.', 'sts-fips.');

/** Every STS host that Roleferry may ask. */
export function stsHosts(): string[] {
  const ordinary = partitions.flatMap(({ regions }) => regions.map(stsHost));
  return [...ordinary, ...fipsRegions.map(fipsHost)];
}
