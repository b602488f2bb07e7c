import { ok, type Result } from '../../core/result.ts';
import { readConfig } from '../files/read-text.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';
import type { Settings } from '../format/classify.ts';
import { profileOfSection } from './add-settings.ts';

/** By profile name: all settings that any AWS tool finds in the content of a config file (latin1). */
export function settingsByProfile(content: string): ReadonlyMap<string, Settings> {
  const found = new Map<string, { key: string; value: string }[]>();
  for (const reading of Object.values(readAsAwsTools(content))) {
    // Stryker disable next-line ArrayDeclaration: a tool that reads nothing finds no profile
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

/** The same of a config file, by the name of the profile. Failure: `file-unreadable`. */
export async function readConfigSettings(file: string): Promise<Result<ReadonlyMap<string, Settings>>> {
  const config = await readConfig(file);
  return config.ok ? ok(settingsByProfile(config.value)) : config;
}
