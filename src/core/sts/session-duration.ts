import type { Result } from '../result.ts';

/** STS API reference, AssumeRoleWithSAML: DurationSeconds is 900 to 43,200. */
const least = 900;
const most = 43_200;

const hour = 3600;

/** A duration in seconds, limited to what STS allows. */
export const clampDuration = (seconds: number): number =>
  Math.min(Math.max(Math.floor(seconds), least), most);

/** The outcome of asking for a duration: an answer, or that the role's maximum is lower. */
export type Attempt<T> = Result<T> | 'too-long';

/**
 * Finds the longest duration that a role grants, at most `wished` seconds, in few attempts: first the wish, then
 * whole hours below it by halving, since IAM's console offers whole hours. No maximum is below an hour, so an hour is
 * tried only if nothing longer was granted. From 12 hours that takes at most six attempts.
 */
export async function longestGranted<T>(
  wished: number,
  attempt: (seconds: number) => Promise<Attempt<T>>,
): Promise<{ seconds: number; result: Attempt<T> }> {
  const first = await attempt(wished);
  if (first !== 'too-long') return { seconds: wished, result: first };
  let best: { seconds: number; result: Attempt<T> } | undefined;
  let low = 1;
  let high = Math.ceil(wished / hour) - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const seconds = middle * hour;
    const result = await attempt(seconds);
    if (result === 'too-long') {
      high = middle - 1;
    } else {
      if (result.ok || best === undefined) best = { seconds, result };
      if (!result.ok) return best;
      low = middle;
    }
  }
  return best ?? { seconds: hour, result: await attempt(hour) };
}
