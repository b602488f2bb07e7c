import { type Partition, partitions } from './partition.ts';
import { regionPattern } from './region.ts';

/** An AWS sign-in host: its partition, and its region if it is regional. */
export interface SignInHost {
  partition: Partition;
  region?: string;
}

/** Recognises a sign-in host, as in `signin.aws.amazon.com` or `eu-west-1.signin.aws.amazon.com`. */
export function parseSignInHost(host: string): SignInHost | undefined {
  for (const partition of partitions) {
    for (const global of partition.signInHosts) {
      if (host === global) return { partition };
      if (!host.endsWith(`.${global}`)) continue;
      const region = host.slice(0, -global.length - 1);
      if (regionPattern.test(region)) return { partition, region };
    }
  }
  return undefined;
}

/** Match patterns for every sign-in host, as manifests and webRequest filters use them. */
export const signInPatterns = (path: string): string[] =>
  partitions.flatMap(({ signInHosts }) =>
    signInHosts.flatMap((host) => [`https://${host}${path}`, `https://*.${host}${path}`]),
  );
