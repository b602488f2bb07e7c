import { profileNameFailure } from '../../core/profile/profile-name.ts';
import type { ConfigProfile } from '../../core/protocol/answers.ts';
import { profileKind } from '../format/classify.ts';
import { readConfigSettings } from './config-settings.ts';

/** The profiles of a config file, and where each says that its credentials come from. An unreadable file has none. */
export async function readConfigProfiles(configFile: string): Promise<ConfigProfile[]> {
  const config = await readConfigSettings(configFile);
  if (!config.ok) return [];
  return [...config.value]
    .filter(([name]) => profileNameFailure(name) === undefined)
    .map(([name, settings]) => ({ name, kind: profileKind(settings) }));
}
