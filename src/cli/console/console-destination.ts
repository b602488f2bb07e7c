import { consolePage, parseConsolePage } from '../../core/aws/console.ts';
import { type Partition, partitionFailure, partitionOf, partitions } from '../../core/aws/partition.ts';
import { isRegion } from '../../core/aws/region.ts';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { ProfileInUse } from '../profile-use/profile-in-use.ts';

/** What the user wants to see in the console. */
export interface Wishes {
  service?: string;
  region?: string;
  /** A page of the console, in place of both. */
  url?: string;
}

/**
 * The partition of `profile`, and the page to open there. The partition follows from whose the credentials are; where the
 * profile doesn't say, from its region; else it is `aws`. The region is the wanted one, else the environment's, else the
 * profile's, as AWS tools choose; one of another partition is passed over unless it was asked for.
 *
 * Failures: `partition-unknown`; `partition-differs` for a page or region of another partition.
 */
export function consoleDestination(
  name: string,
  { principalArn, region: own }: Pick<ProfileInUse, 'principalArn' | 'region'>,
  { service, region: wanted, url }: Wishes,
  env: NodeJS.ProcessEnv,
): Result<{ partition: Partition; page: string }> {
  const unknown = principalArn === undefined ? undefined : partitionFailure(principalArn);
  if (unknown !== undefined) return failed(unknown);
  const partition =
    partitionOf(principalArn?.split(':')[1] ?? '') ?? partitionWith(own) ?? (partitions[0] as Partition);
  const stranger = (what: string) =>
    failed(
      failure('partition-differs', { arn: what, source: `the profile ${name}`, partition: partition.id }),
    );
  if (url !== undefined) {
    const page = parseConsolePage(url);
    return page?.partition === partition.id ? ok({ partition, page: page.url }) : stranger(url);
  }
  const mayBeHere = (region = '') =>
    isRegion(region) && [undefined, partition].includes(partitionWith(region));
  if (wanted !== undefined && !mayBeHere(wanted)) return stranger(wanted);
  const region = [wanted, env.AWS_REGION, env.AWS_DEFAULT_REGION, own].find(mayBeHere);
  return ok({ partition, page: consolePage(partition, { service, region }) });
}

const partitionWith = (region = ''): Partition | undefined =>
  partitions.find(({ regions }) => regions.includes(region));
