import { printable } from '../core/printable.ts';
import type { ProfileSummary } from '../core/protocol.ts';
import { ok, type Result } from '../core/result.ts';
import { askHost } from './host-port.ts';
import { notifyWatchers } from './login-store.ts';

let profiles: ProfileSummary[] = [];

/** The profiles of the credentials file as the host told last; none before it has. */
export const hostProfiles = (): readonly ProfileSummary[] => profiles;

/** Asks the host which profiles there are. What was known before stays when it does not answer. Failures: the host's. */
export async function refreshHostProfiles(): Promise<Result<readonly ProfileSummary[]>> {
  const answer = await askHost('list-profiles', {});
  if (!answer.ok) return answer;
  profiles = answer.value.profiles.map((profile) => ({
    ...profile,
    name: printable(profile.name),
    ...(profile.principalArn === undefined ? {} : { principalArn: printable(profile.principalArn) }),
  }));
  notifyWatchers();
  return ok(profiles);
}
