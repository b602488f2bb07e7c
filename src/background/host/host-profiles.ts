import type { ProfileSummary } from '../../core/protocol/protocol.ts';
import { ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { tellChanged } from '../state/changes.ts';
import { inWorker } from '../state/worker.ts';
import { askHost } from './host-port.ts';

interface Known {
  profiles: readonly ProfileSummary[];
  /** The result of asking. A later request without an answer changes nothing. */
  state: 'not-asked' | 'no-answer' | 'told';
}

const known = inWorker((): Known => ({ profiles: [], state: 'not-asked' }));

/** The profiles of the credentials file as the host last listed them. */
export const hostProfiles = (): readonly ProfileSummary[] => known().profiles;

/** What the host said about one profile; `undefined` if the file has no such profile. */
export function profileInFile(name: string): ProfileSummary | 'not-asked' | 'no-answer' | undefined {
  const { state, profiles } = known();
  return state === 'told' ? profiles.find((profile) => profile.name === name) : state;
}

/** Asks the host for the profiles. Without an answer, the known ones stay. Failures: the host's. */
export async function refreshHostProfiles(): Promise<Result<readonly ProfileSummary[]>> {
  const answer = await askHost('list-profiles', {});
  if (!answer.ok) {
    if (known().state === 'not-asked') known().state = 'no-answer';
    return answer;
  }
  const profiles = answer.value.profiles.map((profile) => ({
    ...profile,
    name: printable(profile.name),
    ...(profile.principalArn === undefined ? {} : { principalArn: printable(profile.principalArn) }),
  }));
  Object.assign(known(), { profiles, state: 'told' });
  tellChanged();
  return ok(profiles);
}
