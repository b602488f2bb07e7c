import { failure } from '../core/failure.ts';
import type { Credentials } from '../core/profile/credentials.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { configSettings } from './config/config-settings.ts';
import { credentialsSource } from './config/credentials-source.ts';
import { asksRoleferry } from './config/process-lines.ts';
import type { AwsFiles } from './files/locate.ts';
import { readConfig, readText } from './files/read-text.ts';
import type { Settings } from './format/classify.ts';
import { otherSources } from './format/profile-keys.ts';
import { profilesIn } from './format/profiles-in.ts';
import { lastOf, temporaryCredentials } from './format/temporary-credentials.ts';
import { readCache } from './process/cache.ts';

/** What a program that uses a profile needs of it. */
export interface UsableProfile {
  /** They may have expired. */
  credentials: Credentials;
  /** ARN of the role session, where the profile has one. */
  principalArn?: string;
  /** The region that the config file has for the profile. */
  region?: string;
  /** It is a process profile. */
  isProcess?: true;
}

/**
 * The temporary credentials of a profile: from the cache for a process profile, else from the files. Fails if AWS tools
 * get them elsewhere, for example by assuming a role.
 *
 * Failures: `profile-no-credentials` (a process profile before its first login), `profile-not-found`,
 * `profile-not-temporary`, `profile-value-unfit`, `profile-no-expiry`, `file-unreadable`, `file-not-understood`.
 */
export async function readCredentials(files: AwsFiles, name: string): Promise<Result<UsableProfile>> {
  const config = await readConfig(files.configFile);
  // Stryker disable next-line StringLiteral: neither has a profile
  const found = configSettings(config.ok ? config.value : '', name);
  const region = lastOf(found, 'region');
  const read = asksRoleferry(found, name)
    ? await fromCache(files, name)
    : await fromFiles(files.credentialsFile, name, found);
  if (read.ok) return ok({ ...read.value, ...(region && { region }) });
  // The profile may be in the config file, which could not be read.
  return !config.ok && read.failure.code === 'profile-not-found' ? config : read;
}

async function fromCache(files: AwsFiles, name: string): Promise<Result<UsableProfile>> {
  const cached = await readCache(files, name);
  if (!cached.ok) return cached;
  return cached.value
    ? ok({ ...cached.value, isProcess: true })
    : failed(failure('profile-no-credentials', { profile: name }));
}

/** `inConfig`: what the config file says of the profile. */
async function fromFiles(file: string, name: string, inConfig: Settings): Promise<Result<UsableProfile>> {
  const content = await readText(file);
  const profiles = content.ok ? profilesIn(file, content.value) : content;
  if (!profiles.ok) return profiles;
  const { names, settingsOf } = profiles.value;
  if (!names.has(name) && inConfig.length === 0)
    return failed(failure('profile-not-found', { profile: name }));
  const inFile = settingsOf(name);
  const keysWin = credentialsSource([...inConfig, ...inFile]) === 'keys';
  const counts = keysWin ? inConfig.filter(({ key }) => !otherSources.has(key)) : inConfig;
  return temporaryCredentials([...counts, ...inFile], name);
}
