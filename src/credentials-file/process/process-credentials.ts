import * as v from 'valibot';
import { failure } from '../../core/failure.ts';
import { type Credentials, credentialsSchema } from '../../core/profile/credentials.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { asksRoleferry } from '../config/asks-roleferry.ts';
import { configSettings } from '../config/config-settings.ts';
import { readConfig } from '../config/read-config.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';
import { notOursToOverwrite, type Settings, unfitValue } from '../format/classify.ts';
import { settingsOf } from '../format/edit-whole-file.ts';
import { isoTime } from '../format/iso-time.ts';
import { draftOf } from '../format/line-edits.ts';
import { parseLines } from '../format/parse-lines.ts';
import { readCache } from './process-cache.ts';

/** What a program that uses a profile needs of it. */
export interface UsableProfile {
  /** They may have expired. */
  credentials: Credentials;
  /** ARN of the role session, where the profile has one. */
  principalArn?: string;
  /** The region that the config file has for the profile. */
  region?: string;
}

/**
 * The temporary credentials of a profile: from the cache for a process profile, else from the credentials file.
 *
 * Failures: `profile-no-credentials` (a process profile before its first login), `profile-not-found`,
 * `profile-not-temporary`, `profile-value-unfit`, `profile-no-expiry`, `file-unreadable`, `file-not-understood`.
 */
export async function readCredentials(files: AwsFiles, name: string): Promise<Result<UsableProfile>> {
  const config = await readConfig(files.configFile);
  const found = configSettings(config.ok ? config.value : '', name);
  const region = last(found, 'region');
  const read = asksRoleferry(found, name)
    ? await fromCache(files, name)
    : await fromFile(files.credentialsFile, name);
  if (read.ok) return ok({ ...read.value, ...(region && { region }) });
  // The profile may be one of the config file, so that a file that cannot be read is the reason.
  return !config.ok && read.failure.code === 'profile-not-found' ? config : read;
}

async function fromCache(files: AwsFiles, name: string): Promise<Result<UsableProfile>> {
  const cached = await readCache(files, name);
  if (!cached.ok) return cached;
  return cached.value ? ok(cached.value) : failed(failure('profile-no-credentials', { profile: name }));
}

async function fromFile(file: string, name: string): Promise<Result<UsableProfile>> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  const content = snapshot.value?.bytes.toString('latin1') ?? '';
  const parsed = parseLines(content);
  if (!parsed.ok)
    return failed(failure('file-not-understood', { file, line: parsed.line, reason: parsed.reason }));
  const draft = draftOf(parsed.value);
  if (!draft.sections.some((section) => section.name === name)) {
    return failed(failure('profile-not-found', { profile: name }));
  }
  return temporaryOf(settingsOf(draft, readAsAwsTools(content), name), name);
}

/** The temporary credentials among the settings of a profile. Failures as above. */
export function temporaryOf(settings: Settings, profile: string): Result<UsableProfile> {
  const unfit = unfitValue(settings);
  if (unfit !== undefined) return failed(failure('profile-value-unfit', { profile, found: unfit }));
  const other = notOursToOverwrite(settings);
  if (other !== undefined) return failed(failure('profile-not-temporary', { profile, found: other }));
  const expiration = isoTime(last(settings, 'x_security_token_expires'));
  const read = v.safeParse(credentialsSchema, {
    accessKeyId: last(settings, 'aws_access_key_id'),
    secretAccessKey: last(settings, 'aws_secret_access_key'),
    sessionToken: last(settings, 'aws_session_token'),
    expiration: expiration ?? '1970-01-01T00:00:00Z',
  });
  if (!read.success) return failed(failure('profile-no-credentials', { profile }));
  if (expiration === undefined) return failed(failure('profile-no-expiry', { profile }));
  const principalArn = last(settings, 'x_principal_arn');
  return ok({ credentials: read.output, ...(principalArn && { principalArn }) });
}

const last = (settings: Settings, wanted: string) =>
  settings.findLast(({ key, value }) => key === wanted && value !== '')?.value;
