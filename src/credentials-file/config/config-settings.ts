import { readAsAwsTools } from '../format/aws-readers.ts';
import type { Settings } from '../format/classify.ts';
import { profileOfSection } from './add-settings.ts';

/** Everything that any AWS tool finds for each profile in the content of a config file (latin1), by its name. */
export function settingsByProfile(content: string): ReadonlyMap<string, Settings> {
  const found = new Map<string, { key: string; value: string }[]>();
  for (const reading of Object.values(readAsAwsTools(content))) {
    for (const [section, keys] of reading?.sections ?? []) {
      const name = profileOfSection(section);
      if (name === undefined) continue;
      const settings = found.get(name) ?? [];
      for (const [key, value] of keys) settings.push({ key: key.toLowerCase(), value });
      found.set(name, settings);
    }
  }
  return found;
}

/** The same for one profile. */
export const configSettings = (content: string, name: string): Settings =>
  settingsByProfile(content).get(name) ?? [];
