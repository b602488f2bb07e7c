import { failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile/profile-name.ts';
import type { ProfileSummary } from '../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { readSnapshot } from '../disk/read-snapshot.ts';
import { asksRoleferry } from './config/asks-roleferry.ts';
import { settingsByProfile } from './config/config-settings.ts';
import { readConfig } from './config/read-config.ts';
import type { AwsFiles } from './files/locate.ts';
import { botocoreDefaults, readAsAwsTools } from './format/aws-readers.ts';
import { profileKind } from './format/classify.ts';
import { settingsOf } from './format/edit-whole-file.ts';
import { isoTime } from './format/iso-time.ts';
import { draftOf } from './format/line-edits.ts';
import { parseLines } from './format/parse-lines.ts';
import { readCache } from './process/process-cache.ts';

/**
 * The profiles of the credentials file in its order, each once, without anything secret, and after them the process
 * profiles of the config file. No file, no profiles. Sections that no AWS tool takes for a profile (`[profile x]`,
 * names with blanks) are left out.
 * Failures: `file-unreadable`, `file-not-understood`.
 */
export async function listProfiles(files: AwsFiles): Promise<Result<ProfileSummary[]>> {
  const listed = await listFile(files.credentialsFile);
  if (!listed.ok) return listed;
  const ofProcess = await listProcessProfiles(files);
  const isTwice = ({ name, kind }: ProfileSummary) =>
    kind === 'other' && ofProcess.some((other) => other.name === name);
  const inFile = listed.value.filter((summary) => !isTwice(summary));
  const known = new Set(inFile.map(({ name }) => name));
  return ok([...inFile, ...ofProcess.filter(({ name }) => !known.has(name))]);
}

/** A config file that cannot be read makes no process profile, for AWS tools as for us. */
async function listProcessProfiles(files: AwsFiles): Promise<ProfileSummary[]> {
  const config = await readConfig(files.configFile);
  const profiles = [...settingsByProfile(config.ok ? config.value : '')].filter(([name, settings]) =>
    asksRoleferry(settings, name),
  );
  return Promise.all(
    profiles.map(async ([name]) => {
      const cached = await readCache(files, name);
      const kept = cached.ok ? cached.value : undefined;
      return {
        name,
        kind: 'process' as const,
        ...(kept && { expiration: kept.credentials.expiration, principalArn: kept.principalArn }),
      };
    }),
  );
}

async function listFile(file: string): Promise<Result<ProfileSummary[]>> {
  const snapshot = await readSnapshot(file);
  if (!snapshot.ok) return snapshot;
  const content = snapshot.value?.bytes.toString('latin1') ?? '';
  const parsed = parseLines(content);
  if (!parsed.ok) {
    return failed(failure('file-not-understood', { file, line: parsed.line, reason: parsed.reason }));
  }
  const draft = draftOf(parsed.value);
  const readings = readAsAwsTools(content);
  const names = new Set(draft.sections.map((section) => section.name));
  const profiles = [...names].filter(
    (name) => name !== botocoreDefaults && profileNameFailure(name) === undefined,
  );
  return ok(
    profiles.map((name) => {
      const settings = settingsOf(draft, readings, name);
      const last = (key: string) => settings.findLast((setting) => setting.key === key)?.value;
      const kind = profileKind(settings);
      const expiration = kind === 'temporary' ? isoTime(last('x_security_token_expires')) : undefined;
      const principalArn = last('x_principal_arn');
      return {
        name,
        kind,
        ...(expiration && { expiration }),
        ...(principalArn && /^arn:[\x21-\x7e]{1,2044}$/.test(principalArn) && { principalArn }),
      };
    }),
  );
}
