import { mayBeIn } from '../../core/aws/region-of-role.ts';
import type { Policy } from '../../core/policy/policy.ts';
import type { Result } from '../../core/result.ts';

/** The region that the administrator set for profiles of a role: none of another partition. */
export function fixedRegion(policy: Result<Policy>, roleArn: string): string | undefined {
  const region = policy.ok ? policy.value.region : undefined;
  return region !== undefined && mayBeIn(region, roleArn) ? region : undefined;
}
