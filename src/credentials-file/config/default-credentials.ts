import { readConfigSettings } from './config-settings.ts';
import { credentialsSource } from './credentials-source.ts';

/**
 * Whether the profile `default` of an AWS file, either of the two, has credentials or says where they come from. AWS tools
 * that are told no profile then ask no container credentials endpoint. A file that cannot be read has none.
 */
export async function hasDefaultCredentials(file: string): Promise<boolean> {
  const read = await readConfigSettings(file);
  const settings = read.ok ? read.value.get('default') : undefined;
  return settings !== undefined && credentialsSource(settings) !== 'none';
}
