import { botocoreDefaults, type Reader, type Reading, type Readings } from './aws-readers.ts';
import type { ProfileChange } from './edit-whole-file.ts';
import type { Properties } from './line-edits.ts';
import {
  accountKey,
  accountSetting,
  legacyToken,
  otherSources,
  ownKeys,
  profileKeys,
  rightsKey,
} from './profile-keys.ts';

/** The profiles that some AWS tool would misread; all of them if any other profile changed its meaning. */
export function profilesMisread(
  before: Readings,
  after: Readings,
  wanted: ReadonlyMap<string, ProfileChange>,
): string[] {
  const misread = new Set<string>();
  for (const reader of Object.keys(before) as Reader[]) {
    const old = before[reader];
    const now = after[reader];
    if (!now) continue;
    const inherited = (reader === 'botocore' && now.sections.get(botocoreDefaults)) || new Map();
    for (const change of wanted.values()) {
      if (!readsAsMeant(now.sections.get(change.name), inherited, change)) misread.add(change.name);
    }
    if (!old) continue;
    for (const section of new Set([...old.sections.keys(), ...now.sections.keys()])) {
      // To some readers a padded name is another section. It gets the new values too, for the others.
      const change = wanted.get(section.trim());
      if (sameSettings(old.sections.get(section), now.sections.get(section), change)) continue;
      if (!change) return [...wanted.keys()];
      misread.add(change.name);
    }
  }
  return [...misread];
}

function readsAsMeant(keys: Properties | undefined, inherited: Properties, change: ProfileChange): boolean {
  const read = new Map([...inherited, ...(keys ?? [])]);
  if (!change.write) return ![...(keys?.keys() ?? [])].some((key) => ownKeys.has(key));
  const meant = profileKeys(change.write);
  const account = accountSetting(change.write).get(accountKey);
  return (
    [undefined, account ?? read.get(accountKey)].includes(read.get(accountKey)) &&
    [...meant].every(([key, value]) => read.get(key) === value) &&
    [undefined, change.write.credentials.sessionToken].includes(read.get(legacyToken)) &&
    read.get(rightsKey) === change.write.rights &&
    ![...otherSources.keys()].some((key) => read.has(key))
  );
}

/** Whether two readings of a section agree, apart from the keys that `change` may change. */
function sameSettings(
  old: Properties | undefined,
  now: Properties | undefined,
  change: ProfileChange | undefined,
): boolean {
  if (!change) {
    // Stryker disable next-line ArrayDeclaration,OptionalChaining: of one size both are there, or neither is
    return old?.size === now?.size && [...(old ?? [])].every(([key, value]) => now?.get(key) === value);
  }
  const written = change.write && profileKeys(change.write);
  const ours = (key: string) =>
    key.toLowerCase() === accountKey ||
    [ownKeys, otherSources, written].some((keys) => keys?.has(key.toLowerCase()));
  const agree = (one: Properties | undefined, other: Properties | undefined) =>
    [...(one ?? [])].every(([key, value]) => ours(key) || other?.get(key) === value);
  return agree(old, now) && agree(now, old);
}

/** The first line (from 1) where AWS tools disagree about the profile `name`. */
export function lineInDispute(readings: Readings, name: string): number | undefined {
  const read = Object.values(readings).filter((reading) => reading !== undefined);
  const opinion = (reading: Reading, index: number) => {
    const line = reading.lines[index];
    if (line?.section !== name) return '';
    if (line.key === undefined) return '[]';
    return ownKeys.has(line.key) || otherSources.has(line.key) ? line.key : '';
  };
  const length = Math.max(...read.map((reading) => reading.lines.length));
  // Stryker disable next-line EqualityOperator: behind the last line nobody disagrees
  for (let index = 0; index < length; index++) {
    if (new Set(read.map((reading) => opinion(reading, index))).size > 1) return index + 1;
  }
  return undefined;
}
