import { failure } from '../core/failure.ts';
import { profileNameFailure } from '../core/profile-name.ts';
import type { ProfileSummary } from '../core/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { botocoreDefaults, readAsAwsTools } from './aws-readers.ts';
import { profileKind } from './classify.ts';
import { draftOf } from './draft.ts';
import { settingsOf } from './edit-profiles.ts';
import type { AwsFiles } from './locate.ts';
import { parseLines } from './parse-lines.ts';
import { readSnapshot } from './read-snapshot.ts';

/**
 * The profiles of the credentials file in its order, each once, without anything secret. No file, no profiles.
 * Sections that no AWS tool takes for a profile (`[profile x]`, names with blanks) are left out.
 * Failures: `file-unreadable`, `file-not-understood`.
 */
export async function listProfiles(files: AwsFiles): Promise<Result<ProfileSummary[]>> {
  const file = files.credentialsFile;
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

/** Other tools write the same key, some with an offset and some with a blank for the T. */
function isoTime(written: string | undefined): string | undefined {
  const time = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d(?:\.\d+)?)(Z|[+-]\d\d:?\d\d)$/.exec(written ?? '');
  if (!time) return undefined;
  const date = new Date(`${time[1]}T${time[2]}${time[3]}`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}
