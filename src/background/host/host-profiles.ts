import * as v from 'valibot';
import { accountIdSchema, foundNameSchema } from '../../core/profile/account-names.ts';
import type { ConfigProfile, ProfileSummary } from '../../core/protocol/answers.ts';
import { ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { tellChanged } from '../state/changes.ts';
import { keepFoundNames } from '../state/found-names.ts';
import type { Memory } from '../state/memory.ts';
import { askHost } from './host-port.ts';

interface Known {
  profiles: readonly ProfileSummary[];
  configProfiles: readonly ConfigProfile[];
  regions: Readonly<Record<string, string>>;
  /** The result of asking. A later request without an answer changes nothing. */
  state: 'not-asked' | 'no-answer' | 'told';
}

const listed = (): Known => ({ profiles: [], configProfiles: [], regions: {}, state: 'not-asked' });

/** The profiles of the credentials file as the host last listed them. */
export const hostProfiles = (memory: Memory): readonly ProfileSummary[] => memory.of(listed).profiles;

/** The profiles of the config file; older hosts tell none. */
export const hostConfigProfiles = (memory: Memory): readonly ConfigProfile[] =>
  memory.of(listed).configProfiles;

/** The regions of the config file, by profile, `default` among them; older hosts tell none. */
export const hostRegions = (memory: Memory): Readonly<Record<string, string>> => memory.of(listed).regions;

/** What the host said about one profile; `undefined` if the file has no such profile. */
export function profileInFile(
  memory: Memory,
  name: string,
): ProfileSummary | 'not-asked' | 'no-answer' | undefined {
  const { state, profiles } = memory.of(listed);
  return state === 'told' ? profiles.find((profile) => profile.name === name) : state;
}

/** Asks the host for the profiles. Without an answer, the known ones stay. Failures: the host's. */
export async function refreshHostProfiles(memory: Memory): Promise<Result<readonly ProfileSummary[]>> {
  const answer = await askHost(memory, 'list-profiles', {});
  if (!answer.ok) {
    if (memory.of(listed).state === 'not-asked') memory.of(listed).state = 'no-answer';
    return answer;
  }
  const profiles = answer.value.profiles.map((profile) => ({
    ...profile,
    name: printable(profile.name),
    ...(profile.principalArn === undefined ? {} : { principalArn: printable(profile.principalArn) }),
  }));
  const { configProfiles = [], regions = {}, accountNames = {} } = answer.value;
  Object.assign(memory.of(listed), { profiles, configProfiles, regions, state: 'told' });
  await keepFoundNames(memory, soundNames(accountNames), 'config');
  tellChanged(memory);
  return ok(profiles);
}

const nameSchema = v.tuple([accountIdSchema, foundNameSchema]);

const soundNames = (told: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(told).filter((pair) => v.is(nameSchema, pair)));
