import type { Failure } from '../core/failure.ts';
import { whyNotWritable } from '../disk/why-not-writable.ts';
import { processLines } from './config/process-lines.ts';
import type { AwsFiles } from './files/locate.ts';

/**
 * Why the credentials of `profiles` could not be written, as far as that shows beforehand; of process profiles nothing
 * goes into the credentials file. Failures: `file-not-writable`, `file-link-broken`, `file-unreadable`.
 */
export async function writeObstacle(
  { credentialsFile, configFile, cacheFolder }: AwsFiles,
  profiles: readonly string[],
): Promise<Failure | undefined> {
  const lines = cacheFolder === undefined ? new Map() : await processLines(configFile);
  return profiles.every((name) => lines.has(name)) ? undefined : whyNotWritable(credentialsFile);
}
