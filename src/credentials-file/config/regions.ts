import { isRegion } from '../../core/aws/region.ts';
import { failure } from '../../core/failure.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readConfig } from '../files/read-text.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { lastOf } from '../format/temporary-credentials.ts';
import { addSettings } from './add-settings.ts';
import { settingsByProfile } from './config-settings.ts';
import { noteOwnSections } from './own-sections.ts';

/** The regions that a config file has, by profile. An unreadable file has none, also to AWS tools. */
export async function readRegions(configFile: string): Promise<Record<string, string>> {
  const config = await readConfig(configFile);
  const regions = [...settingsByProfile(config.ok ? config.value : '')].flatMap(([name, settings]) => {
    const region = lastOf(settings, 'region') ?? '';
    const isSound = profileNameFailure(name) === undefined && isRegion(region);
    return isSound ? [[name, region] as const] : [];
  });
  return Object.fromEntries(regions);
}

/**
 * Gives a profile a region in the config file, also in place of another; nothing else changes. `stillWanted` is asked
 * right before. Failures: `host-gone`, `file-not-understood`, and those of writing a file.
 */
export async function setRegion(
  files: AwsFiles,
  name: string,
  region: string,
  stillWanted: () => boolean,
): Promise<Result<void>> {
  const { configFile } = files;
  const setting = new Map([[name, new Map([['region', region]])]]);
  const set = await rewriteFile<{ old: string; now: string }>(configFile, (old) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    const edited = addSettings(old, setting, setting);
    if (!edited.ok) return notUnderstood(configFile, edited);
    return ok({ content: edited.value, value: { old, now: edited.value } });
  });
  if (!set.ok) return set;
  await noteOwnSections(files, [name], set.value.old, set.value.now);
  return ok(undefined);
}
