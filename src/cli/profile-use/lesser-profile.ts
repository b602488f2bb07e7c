import type { Rights } from '../../core/aws/session-policy.ts';
import { failure } from '../../core/failure.ts';
import type { ProfileSummary } from '../../core/protocol/answers.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { type AwsFiles, listProfiles } from '../../credentials-file/index.ts';

/** The rights that only look, what reads most first. A policy of another kind may allow anything. */
const looking: readonly Rights[] = ['read-only', 'security-audit', 'view-only'];

const rank = ({ rights }: ProfileSummary) => (rights === undefined ? -1 : looking.indexOf(rights));

/** Whether a profile was written with rights that only look. */
export const onlyReads = (profile: ProfileSummary): boolean => rank(profile) >= 0;

/**
 * The profile that may only read, of the same role session as `name`: that one itself, or another one that was written
 * with fewer rights. Failures: `lesser-profile-missing`, and those of reading the credentials file.
 */
export async function readOnlyProfile(files: AwsFiles, name: string): Promise<Result<string>> {
  const listed = await listProfiles(files);
  if (!listed.ok) return listed;
  const whole = listed.value.find((one) => one.name === name);
  if (whole !== undefined && onlyReads(whole)) return ok(name);
  const [lesser] = listed.value
    .filter((one) => one.principalArn !== undefined && one.principalArn === whole?.principalArn)
    .filter(onlyReads)
    .sort((a, b) => rank(a) - rank(b));
  return lesser ? ok(lesser.name) : failed(failure('lesser-profile-missing', { profile: name }));
}
