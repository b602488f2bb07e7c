import { type Failure, failure } from '../../core/failure.ts';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { readSnapshot } from '../../disk/read-snapshot.ts';
import { rewriteBytes, rewriteFile } from '../../disk/rewrite-file.ts';
import { lineMisread, profileOfSection } from '../config/add-settings.ts';
import { asksRoleferry } from '../config/asks-roleferry.ts';
import { configSettings } from '../config/config-settings.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';
import { notOursToOverwrite, type Settings } from '../format/classify.ts';
import { editProfiles } from '../format/edit-profiles.ts';
import { type ProfileChange, settingsOf } from '../format/edit-whole-file.ts';
import {
  appendSection,
  draftOf,
  insertProperties,
  propertiesOf,
  removeProperties,
  renderDraft,
  replaceProperty,
} from '../format/line-edits.ts';
import { parseLines, type Understood } from '../format/parse-lines.ts';
import { otherSources, ownKeys } from '../format/profile-keys.ts';
import { writableNameFailure } from '../format/validate-profile.ts';
import { readMachinePolicy } from '../policy/machine-policy.ts';
import { judge } from '../policy/obey-policy.ts';
import { type Cached, readCache, removeCache, writeCache } from './process-cache.ts';
import { temporaryOf } from './process-credentials.ts';

const processKey = 'credential_process';

/**
 * Makes `name` a process profile: AWS tools then run `command` for its credentials. Temporary credentials that the
 * credentials file holds for it move into the cache, since they would win there. Nothing changes before all is
 * known to be as it must.
 *
 * What the policy of the machine forbids to write is not moved either, and where it allows no profiles there is no
 * cache of one.
 *
 * With `replace`, long-lived keys, another `credential_process` and credentials of other programs are taken out.
 *
 * Failures: `profile-name-invalid`, `profile-shadowed`, `profile-long-lived`, `profile-no-expiry`,
 * `profile-no-principal`, those of the machine's policy, and those of writing the files.
 */
export async function makeProcessProfile(
  files: AwsFiles,
  name: string,
  command: string,
  { replace = false }: { replace?: boolean } = {},
): Promise<Result<void>> {
  const nameFailure = writableNameFailure(name);
  if (nameFailure) return failed(nameFailure);
  const policy = readMachinePolicy(files.machine);
  if (!policy.ok) return policy;
  if (policy.value?.forbidProfiles) return failed(failure('policy-no-profiles'));
  const config = await readLatin1(files.configFile);
  if (!config.ok) return config;
  const refusal = refusalOf(files.configFile, configSettings(config.value, name), name, replace);
  if (refusal) return failed(refusal);
  const moving = await credentialsToMove(files, name, replace);
  if (!moving.ok) return moving;
  const dropped = replace ? ownKeys : new Set<string>();
  const line = Buffer.from(command, 'utf8').toString('latin1');
  const rehearsed = editConfig(files.configFile, config.value, name, line, dropped);
  if (!rehearsed.ok) return rehearsed;

  if (moving.value) {
    const kept = await move(files, name, moving.value, (one) => writeCache(files, name, one));
    if (!kept.ok) return kept;
  }
  const written = await rewriteFile(files.configFile, (content) =>
    editConfig(files.configFile, content, name, line, dropped),
  );
  return written.ok
    ? rewriteBytes(files.credentialsFile, editCredentials(files, { name, replace }))
    : written;
}

/**
 * The way back: what is in the cache moves into the credentials file, and the line goes out of the config file.
 * Failures: `profile-name-invalid`, `profile-not-process`, `machine-policy-invalid`, `audit-not-written`, and those of
 * writing the files.
 */
export async function undoProcessProfile(files: AwsFiles, name: string): Promise<Result<void>> {
  const nameFailure = profileNameFailure(name);
  if (nameFailure) return failed(nameFailure);
  const config = await readLatin1(files.configFile);
  if (!config.ok) return config;
  if (!asksRoleferry(configSettings(config.value, name), name)) {
    return failed(failure('profile-not-process', { profile: name, file: files.configFile }));
  }
  const cached = await readCache(files, name);
  if (!cached.ok) return cached;
  if (cached.value && Date.parse(cached.value.credentials.expiration) > Date.now()) {
    const back = await move(files, name, cached.value, (one) =>
      rewriteBytes(files.credentialsFile, editCredentials(files, { name, write: { name, ...one } })),
    );
    // What may not be written any more is dropped: the way back stays open.
    if (!back.ok && !isForbidden(back.failure)) return back;
  }
  // The cache is found by way of the config file, so it is last to be looked for while that is still the same.
  const dropped = await removeCache(files, name);
  if (!dropped.ok) return dropped;
  return rewriteFile(files.configFile, (content) =>
    editConfig(files.configFile, content, name, undefined, new Set()),
  );
}

/** Has credentials written to another place if the policy of the machine allows it. */
async function move(
  files: AwsFiles,
  profile: string,
  { credentials, principalArn: arn }: Cached,
  write: (one: Cached) => Promise<Result<void>>,
): Promise<Result<void>> {
  const { expiration } = credentials;
  const judged = await judge(files.machine, 'cli', [{ arn, profile, source: 'none', expiration }]);
  if (!judged.ok) return judged;
  const [refusal] = judged.value.refusals;
  if (refusal !== undefined) return failed(refusal);
  const written = await write({ credentials, principalArn: arn });
  if (!written.ok) await judged.value.noteFailures([written.failure]);
  return written;
}

const isForbidden = ({ code }: Failure): boolean =>
  ['policy-forbids', 'policy-no-profiles', 'policy-fixed-profile'].includes(code);

function refusalOf(file: string, found: Settings, name: string, replace: boolean) {
  const elsewhere = [...new Set(found.map(({ key }) => key))].filter(
    (key) => key !== processKey && otherSources.has(key),
  );
  if (elsewhere.length > 0) {
    return failure('profile-shadowed', { profile: name, file, keys: elsewhere.join(', ') });
  }
  if (replace) return undefined;
  const theirs = asksRoleferry(found, name) ? found.filter(({ key }) => key !== processKey) : found;
  const keys = theirs.some(({ key }) => key === 'aws_access_key_id') ? 'an access key' : undefined;
  const longLived = notOursToOverwrite(theirs) ?? keys;
  return longLived && failure('profile-long-lived', { profile: name, found: `${longLived} in ${file}` });
}

/** What the credentials file has for the profile, if anything, and whether all of it may go. */
async function credentialsToMove(
  files: AwsFiles,
  name: string,
  replace: boolean,
): Promise<Result<Cached | undefined>> {
  const content = await readLatin1(files.credentialsFile);
  if (!content.ok) return content;
  const rehearsed = editCredentials(files, { name, replace })(Buffer.from(content.value, 'latin1'));
  if (!rehearsed.ok) return rehearsed;
  const parsed = parseLines(content.value);
  const settings = parsed.ok
    ? settingsOf(draftOf(parsed.value), readAsAwsTools(content.value), name).filter(({ key }) =>
        ownKeys.has(key),
      )
    : [];
  if (settings.length === 0) return ok(undefined);
  const { ok: isTemporary, ...read } = temporaryOf(settings, name);
  const found = isTemporary && 'value' in read ? read.value : undefined;
  if (found?.principalArn !== undefined) {
    return ok({ credentials: found.credentials, principalArn: found.principalArn });
  }
  if (replace) return ok(undefined);
  return failed(failure(found ? 'profile-no-principal' : 'profile-no-expiry', { profile: name }));
}

const editCredentials =
  ({ credentialsFile: file }: AwsFiles, change: ProfileChange) =>
  (bytes: Buffer): Result<{ pieces: Buffer[]; value: undefined }> => {
    const edited = editProfiles(file, bytes, [change]);
    if (!edited.ok) return notUnderstood(file, edited);
    const refusal = edited.value.refused.get(change.name);
    return refusal ? failed(refusal) : ok({ pieces: edited.value.pieces, value: undefined });
  };

/** Sets the profile's `credential_process`, or takes it out, and `dropped` with it; a section left empty goes too. */
function editConfig(
  file: string,
  content: string,
  name: string,
  command: string | undefined,
  dropped: ReadonlySet<string>,
): Result<{ content: string; value: undefined }> {
  const parsed = parseLines(content);
  if (!parsed.ok) return notUnderstood(file, parsed);
  const draft = draftOf(parsed.value);
  const sections = draft.sections.filter((section) => profileOfSection(section.name) === name);
  // Where both are there, [profile default] is the one that counts.
  const main = sections.findLast((section) => section.name !== 'default') ?? sections.at(-1);
  for (const section of sections) {
    const keeps = command !== undefined && section === main;
    const gone = new Set([...dropped, ...(keeps ? [] : [processKey])]);
    removeProperties(draft, section, gone);
    if (command === undefined && propertiesOf(draft, section).every(({ key }) => gone.has(key))) {
      draft.replaced.set(section.header, []);
      const above = section.header - 1;
      if (draft.file.lines[above]?.kind === 'blank') draft.replaced.set(above, []);
    }
  }
  if (command !== undefined) {
    const line = new Map([[processKey, command]]);
    if (!main) appendSection(draft, name === 'default' ? name : `profile ${name}`, line);
    else if (!replaceProperty(draft, main, processKey, command)) insertProperties(draft, main, line);
  }
  const edited = renderDraft(draft);
  const changed = new Map([[name, new Map([processKey, ...dropped].map((key) => [key, '']))]]);
  const line = lineMisread(content, edited, changed) ?? (isAsMeant(edited, name, command) ? undefined : 1);
  if (line === undefined) return ok({ content: edited, value: undefined });
  return notUnderstood(file, { line, reason: 'AWS tools read it in different ways' });
}

function isAsMeant(content: string, name: string, command: string | undefined): boolean {
  const read = configSettings(content, name).filter(({ key }) => key === processKey);
  if (command === undefined) return read.length === 0;
  const utf8 = Buffer.from(command, 'latin1').toString('utf8');
  const readers = Object.values(readAsAwsTools(content)).filter((reading) => reading !== undefined);
  return read.length >= readers.length && read.every(({ value }) => value === command || value === utf8);
}

async function readLatin1(file: string): Promise<Result<string>> {
  const snapshot = await readSnapshot(file);
  return snapshot.ok ? ok(snapshot.value?.bytes.toString('latin1') ?? '') : snapshot;
}

const notUnderstood = (
  file: string,
  { line, reason }: Pick<Extract<Understood<never>, { ok: false }>, 'line' | 'reason'>,
) => failed<never>(failure('file-not-understood', { file, line, reason }));
