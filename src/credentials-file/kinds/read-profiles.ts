import { ok, type Result } from '../../core/result.ts';
import { settingsByProfile } from '../config/config-settings.ts';
import { utf8 } from '../config/utf8.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readConfig, readText } from '../files/read-text.ts';
import { botocoreDefaults } from '../format/aws-readers.ts';
import type { Settings } from '../format/classify.ts';
import { profilesIn } from '../format/profiles-in.ts';

/**
 * Every profile of both AWS files with all its settings, those of the credentials file last, since they win. First come
 * the profiles of the credentials file in its order, then those that only the config file has. A config file that cannot
 * be read has none, also to AWS tools.
 * Failures: `file-unreadable`, `file-not-understood`, both of the credentials file.
 */
export async function readProfiles(files: AwsFiles): Promise<Result<ReadonlyMap<string, Settings>>> {
  const content = await readText(files.credentialsFile);
  const inFile = content.ok ? profilesIn(files.credentialsFile, content.value) : content;
  if (!inFile.ok) return inFile;
  const config = await readConfig(files.configFile);
  // Stryker disable next-line StringLiteral: neither has a profile
  const inConfig = settingsByProfile(config.ok ? config.value : '');
  const { names, settingsOf } = inFile.value;
  const all = new Map<string, Settings>();
  const add = (name: string, settings: Settings) =>
    all.set(utf8(name), [...(all.get(utf8(name)) ?? []), ...settings]);
  // A map keeps the order in which names come first.
  const inOrder = [...names].filter(isProfile);
  for (const name of inOrder) add(name, []);
  for (const [name, settings] of inConfig) add(name, settings);
  for (const name of inOrder) add(name, settingsOf(name));
  return ok(all);
}

/** Whether a section of the credentials file is meant as a profile: others belong into the config file. */
const isProfile = (section: string) =>
  section !== botocoreDefaults && !/^(profile|sso-session|services)\s/.test(section);
