import type { Result } from '../../core/result.ts';
import type { UsableProfile } from '../../credentials-file/index.ts';

/** With less time left than this, a new login is better than credentials that expire on the way. */
const shortestSeconds = 60;

/** Whether the credentials of a profile are missing, or expire within a minute. */
export function needsLogin(read: Result<UsableProfile>): boolean {
  if (read.ok) return secondsLeft(read.value) < shortestSeconds;
  return ['profile-no-credentials', 'profile-not-found'].includes(read.failure.code);
}

/** Seconds until the credentials expire. */
export const secondsLeft = ({ credentials }: UsableProfile): number =>
  (Date.parse(credentials.expiration) - Date.now()) / 1000;
