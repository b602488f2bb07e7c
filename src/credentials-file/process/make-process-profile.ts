import { failure } from '../../core/failure.ts';
import { writableNameFailure } from '../../core/profile/profile-name.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { rewriteBytes, rewriteFile } from '../../disk/rewrite-file.ts';
import { readMachinePolicy } from '../../machine-policy/read-policy.ts';
import { configSettings } from '../config/config-settings.ts';
import { setProcessLine } from '../config/edit-process-line.ts';
import { asksRoleferry, processKey } from '../config/process-lines.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readConfig, readText } from '../files/read-text.ts';
import { notOursToOverwrite, type Settings } from '../format/classify.ts';
import { editOne } from '../format/edit-one.ts';
import { otherSources, ownKeys } from '../format/profile-keys.ts';
import { profilesIn } from '../format/profiles-in.ts';
import { temporaryCredentials } from '../format/temporary-credentials.ts';
import { setAsideOf } from '../set-aside/credentials.ts';
import { hasSetAside } from '../set-aside/settings.ts';
import { type Cached, writeCache } from './cache.ts';
import { moveCredentials } from './move-credentials.ts';

/**
 * Makes `name` a process profile: AWS tools then run `command` for its credentials. Temporary credentials in the
 * credentials file would win, so they move into the cache. Everything is checked before anything changes.
 *
 * Credentials that the machine's policy forbids are not moved. If it forbids profiles, nothing is cached.
 *
 * `replace` sets long-lived keys, another `credential_process` and credentials of other programs aside, as comments that
 * `undoProcessProfile` takes back.
 * `isNew`: neither AWS file had this profile, so its name may be mistyped. `setAside`: the files that have such comments.
 *
 * Failures: `profile-name-invalid`, `process-profile-elsewhere`, `profile-long-lived`, `profile-no-expiry`,
 * `profile-no-principal`, those of the machine's policy, and those of writing the files.
 */
export async function makeProcessProfile(
  files: AwsFiles,
  name: string,
  command: string,
  { replace = false }: { replace?: boolean } = {},
): Promise<Result<{ isNew: boolean; setAside: string[] }>> {
  const nameFailure = writableNameFailure(name);
  if (nameFailure) return failed(nameFailure);
  const policy = readMachinePolicy(files.machine);
  if (!policy.ok) return policy;
  if (policy.value?.forbidProfiles) return failed(failure('policy-no-profiles'));
  const { credentialsFile, configFile } = files;

  // Try everything on what was read before changing anything.
  const config = await readConfig(configFile);
  if (!config.ok) return config;
  const inConfig = configSettings(config.value, name);
  const refusal = refusalOf(configFile, inConfig, name, replace);
  if (refusal) return failed(refusal);
  const content = await readText(credentialsFile);
  if (!content.ok) return content;
  const profiles = profilesIn(credentialsFile, content.value);
  if (!profiles.ok) return profiles;
  const { names, settingsOf } = profiles.value;
  const found = settingsOf(name);
  const moving = credentialsToMove(found, name, replace);
  const isOurs = moving.ok && moving.value !== undefined && !found.some(({ key }) => otherSources.has(key));
  const clear = replace && !isOurs ? setAsideOf(credentialsFile, name) : editOne(credentialsFile, { name });
  const cleared = clear(Buffer.from(content.value, 'latin1'));
  if (!cleared.ok) return cleared;
  if (!moving.ok) return moving;
  const line = Buffer.from(command).toString('latin1');
  const setLine = (text: string) => setProcessLine(configFile, text, name, line, { replace });
  const set = setLine(config.value);
  if (!set.ok) return set;

  if (moving.value) {
    const kept = await moveCredentials(files, name, moving.value, (one) => writeCache(files, name, one));
    if (!kept.ok) return kept;
  }
  const written = await rewriteFile(configFile, setLine);
  if (!written.ok) return written;
  const taken = await rewriteBytes(credentialsFile, clear);
  if (!taken.ok) return taken;
  const now = [
    [configFile, set.value.content],
    [credentialsFile, Buffer.concat(cleared.value.pieces).toString('latin1')],
  ] as const;
  return ok({
    isNew: inConfig.length === 0 && !names.has(name),
    setAside: now.flatMap(([file, text]) => (hasSetAside(text, name) ? [file] : [])),
  });
}

function refusalOf(file: string, found: Settings, name: string, replace: boolean) {
  const elsewhere = [...new Set(found.map(({ key }) => key))].filter(
    (key) => key !== processKey && otherSources.has(key),
  );
  if (elsewhere.length > 0) {
    return failure('process-profile-elsewhere', { profile: name, file, keys: elsewhere.join(', ') });
  }
  if (replace) return undefined;
  const theirs = asksRoleferry(found, name) ? found.filter(({ key }) => key !== processKey) : found;
  const hasKey = theirs.some(({ key }) => key === 'aws_access_key_id');
  const longLived = notOursToOverwrite(theirs) ?? (hasKey && { found: 'access-key' as const });
  return longLived ? failure('profile-long-lived', { profile: name, ...longLived, file }) : undefined;
}

/** The credentials in the profile's settings in the credentials file, if any. Fails if removing them loses something. */
function credentialsToMove(found: Settings, name: string, replace: boolean): Result<Cached | undefined> {
  const settings = found.filter(({ key }) => ownKeys.has(key));
  if (settings.length === 0) return ok(undefined);
  const read = temporaryCredentials(settings, name);
  if (read.ok && read.value.principalArn !== undefined) {
    return ok({ credentials: read.value.credentials, principalArn: read.value.principalArn });
  }
  if (replace) return ok(undefined);
  return failed(failure(read.ok ? 'profile-no-principal' : 'profile-no-expiry', { profile: name }));
}
