import { failed, type Result } from '../../core/result.ts';
import { judge } from '../../machine-policy/judge.ts';
import type { AwsFiles } from '../files/locate.ts';
import type { Cached } from './cache.ts';

/** Writes credentials to another place, if the machine's policy allows it. */
export async function moveCredentials(
  files: AwsFiles,
  profile: string,
  { credentials, principalArn: arn }: Cached,
  write: (one: Cached) => Promise<Result<void>>,
): Promise<Result<void>> {
  const { expiration } = credentials;
  // Stryker disable next-line StringLiteral: neither is the word for a login that is not known
  const judged = await judge(files.machine, 'cli', [{ arn, profile, source: 'none', expiration }]);
  if (!judged.ok) return judged;
  const [refusal] = judged.value.refusals;
  if (refusal !== undefined) return failed(refusal);
  const written = await write({ credentials, principalArn: arn });
  // Stryker disable next-line ConditionalExpression: where nothing failed nothing is noted
  if (!written.ok) await judged.value.noteFailures([written.failure]);
  return written;
}
