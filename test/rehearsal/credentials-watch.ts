import { type FSWatcher, readFileSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** A profile as it stands in a credentials file: its name, and the lines below it. */
export interface WrittenProfile {
  name: string;
  lines: string[];
}

/** Values that say nothing secret. */
const harmless = new Set(['x_security_token_expires', 'x_principal_arn', 'region']);

/** The profiles of a credentials file, in order. */
export function writtenProfiles(text: string): WrittenProfile[] {
  const profiles: WrittenProfile[] = [];
  for (const line of text.split(/\r?\n/)) {
    const name = /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim();
    if (name !== undefined) profiles.push({ name, lines: [] });
    else if (line.trim() !== '') profiles.at(-1)?.lines.push(line.trim());
  }
  return profiles;
}

/** A profile to look at: the values that might be secret are left out. Of the access key id, its kind is shown. */
export function shownProfile({ name, lines }: WrittenProfile): string {
  const shown = lines.map((line) => {
    const [, key = '', value = ''] = /^([^=]*)=(.*)$/.exec(line) ?? [];
    if (harmless.has(key.trim())) return line;
    return `${key.trim()} = ${key.trim() === 'aws_access_key_id' ? value.trim().slice(0, 4) : ''}…`;
  });
  return [`[${name}]`, ...shown].join('\n');
}

/** Tells of each profile that is new or changed, from now on, as the system tells of the file. */
export function watchProfiles(
  credentialsFile: string,
  changed: (profile: WrittenProfile) => void,
): FSWatcher {
  const read = () => {
    try {
      return writtenProfiles(readFileSync(credentialsFile, 'utf8'));
    } catch {
      // Nothing was written yet, or the home is just being removed.
      return [];
    }
  };
  const signature = ({ name, lines }: WrittenProfile) => JSON.stringify([name, lines]);
  let known = new Set(read().map(signature));
  return watch(dirname(credentialsFile), () => {
    const profiles = read();
    const news = profiles.filter((profile) => !known.has(signature(profile)));
    known = new Set(profiles.map(signature));
    news.forEach(changed);
  });
}
