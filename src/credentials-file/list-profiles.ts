import { profileNameFailure } from '../core/profile/profile-name.ts';
import type { ProfileSummary } from '../core/protocol/answers.ts';
import { ok, type Result } from '../core/result.ts';
import { processLines } from './config/process-lines.ts';
import type { AwsFiles } from './files/locate.ts';
import { readText } from './files/read-text.ts';
import { botocoreDefaults } from './format/aws-readers.ts';
import { profileKind, type Settings } from './format/classify.ts';
import { isoTime } from './format/iso-time.ts';
import { profilesIn } from './format/profiles-in.ts';
import { rightsIn } from './format/temporary-credentials.ts';
import { listOnDemand } from './on-demand/remove-on-demand.ts';
import { readCache } from './process/cache.ts';

/**
 * The profiles of the credentials file in its order, each once and without secrets, then the process profiles of the
 * config file. Without a file there are none. Leaves out sections that no AWS tool takes for a profile (`[profile x]`,
 * names with blanks).
 * Failures: `file-unreadable`, `file-not-understood`.
 */
export async function listProfiles(files: AwsFiles): Promise<Result<ProfileSummary[]>> {
  const content = await readText(files.credentialsFile);
  const profiles = content.ok ? profilesIn(files.credentialsFile, content.value) : content;
  if (!profiles.ok) return profiles;
  const { names, settingsOf } = profiles.value;
  const ofProcess = await listProcessProfiles(files);
  const isTwice = ({ name, kind }: ProfileSummary) =>
    kind === 'other' && ofProcess.some((other) => other.name === name);
  const inFile = [...names]
    .filter((name) => name !== botocoreDefaults && profileNameFailure(name) === undefined)
    .map((name) => summary(name, settingsOf(name)))
    .filter((listed) => !isTwice(listed));
  const known = new Set(inFile.map(({ name }) => name));
  return ok([...inFile, ...ofProcess.filter(({ name }) => !known.has(name))]);
}

async function listProcessProfiles(files: AwsFiles): Promise<ProfileSummary[]> {
  const names = [...(await processLines(files.configFile)).keys()];
  // Most people have none, and finding out who made them takes Node's crypto.
  // Stryker disable next-line ConditionalExpression: only quicker
  if (names.length === 0) return [];
  const made = await listOnDemand(files);
  return Promise.all(
    names.map(async (name) => {
      const cached = await readCache(files, name);
      const kept = cached.ok ? cached.value : undefined;
      return {
        name,
        kind: 'process' as const,
        ...(made.ok && made.value.has(name) && { onDemand: true as const }),
        ...(kept && { expiration: kept.credentials.expiration, principalArn: kept.principalArn }),
        ...(kept?.rights && { rights: kept.rights }),
      };
    }),
  );
}

function summary(name: string, settings: Settings): ProfileSummary {
  const last = (wanted: string) => settings.findLast(({ key }) => key === wanted)?.value;
  const kind = profileKind(settings);
  const expiration = kind === 'temporary' ? isoTime(last('x_security_token_expires')) : undefined;
  const principalArn = last('x_principal_arn');
  const rights = kind === 'temporary' ? rightsIn(settings) : undefined;
  return {
    name,
    kind,
    ...(expiration && { expiration }),
    ...(rights && { rights }),
    ...(principalArn && /^arn:[\x21-\x7e]{1,2044}$/.test(principalArn) && { principalArn }),
  };
}
