import { type Failure, failure } from '../../core/failure.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { rewriteBytes, rewriteFile } from '../../disk/rewrite-file.ts';
import { configSettings } from '../config/config-settings.ts';
import { removeProcessLine } from '../config/edit-process-line.ts';
import { asksRoleferry } from '../config/process-lines.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readConfig, readText } from '../files/read-text.ts';
import { editOne } from '../format/edit-one.ts';
import { takeBackOf } from '../set-aside/credentials.ts';
import { hasSetAside } from '../set-aside/settings.ts';
import { readCache, removeCache } from './cache.ts';
import { moveCredentials } from './move-credentials.ts';

/** What became of the settings that `--replace` set aside, and in which files they are comments still. */
export interface Undone {
  restored: boolean;
  kept: string[];
}

/**
 * Undoes a process profile: takes back what was set aside for it, else moves its cached credentials into the credentials
 * file, and removes the line in the config file.
 * Failures: `profile-name-invalid`, `profile-not-process`, `machine-policy-invalid`, `audit-not-written`, and those of
 * writing the files.
 */
export async function undoProcessProfile(files: AwsFiles, name: string): Promise<Result<Undone>> {
  const nameFailure = profileNameFailure(name);
  if (nameFailure) return failed(nameFailure);
  const config = await readConfig(files.configFile);
  if (!config.ok) return config;
  const credentials = await readText(files.credentialsFile);
  if (!credentials.ok) return credentials;
  const isSetAside = [config, credentials].some(({ value }) => hasSetAside(value, name));
  if (!isSetAside && !asksRoleferry(configSettings(config.value, name), name)) {
    return failed(failure('profile-not-process', { profile: name, file: files.configFile }));
  }
  const cached = await readCache(files, name);
  // Stryker disable next-line ConditionalExpression: what cannot be read cannot be dropped below either
  if (!cached.ok) return cached;
  const inCredentials = hasSetAside(credentials.value, name)
    ? await rewriteFile(files.credentialsFile, takeBackOf(name))
    : ok('none' as const);
  if (!inCredentials.ok) return inCredentials;
  // Where somebody made other settings in between, they count.
  const isTheirs = inCredentials.value !== 'none';
  // Stryker disable next-line EqualityOperator: no clock meets the millisecond
  if (!isTheirs && cached.value && Date.parse(cached.value.credentials.expiration) > Date.now()) {
    const back = await moveCredentials(files, name, cached.value, (one) =>
      rewriteBytes(files.credentialsFile, editOne(files.credentialsFile, { name, write: { name, ...one } })),
    );
    // Credentials that may no longer be written are dropped, so that undoing always works.
    if (!back.ok && !isForbidden(back.failure)) return back;
  }
  // The config file says where the cache is, so the cache goes while the config file is unchanged.
  const dropped = await removeCache(files, name);
  // Stryker disable next-line ConditionalExpression: what could be read above can be dropped
  if (!dropped.ok) return dropped;
  const inConfig = await rewriteFile(files.configFile, (content) =>
    removeProcessLine(files.configFile, content, name),
  );
  if (!inConfig.ok) return inConfig;
  const became = [
    [files.credentialsFile, inCredentials.value],
    [files.configFile, inConfig.value],
  ] as const;
  return ok({
    restored: became.some(([, what]) => what === 'restored'),
    kept: became.flatMap(([file, what]) => (what === 'kept' ? [file] : [])),
  });
}

const isForbidden = ({ code }: Failure): boolean =>
  ['policy-forbids', 'policy-no-profiles', 'policy-fixed-profile'].includes(code);
