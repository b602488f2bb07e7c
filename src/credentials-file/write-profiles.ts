import { type Failure, failure } from '../core/failure.ts';
import type { ProfileOutcome } from '../core/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { addSettings } from './add-settings.ts';
import { whyNotReplace } from './atomic-write.ts';
import type { Program } from './audit.ts';
import { accountOf } from './classify.ts';
import { configInTheWay } from './config-in-the-way.ts';
import { settingsByProfile } from './config-settings.ts';
import type { Properties } from './draft.ts';
import { editPlainFile } from './edit-plain-file.ts';
import { editProfiles } from './edit-profiles.ts';
import type { AwsFiles } from './locate.ts';
import { judge } from './obey-policy.ts';
import type { Understood } from './parse-lines.ts';
import { isPlain } from './plain-sections.ts';
import { readCache, writeCache } from './process-cache.ts';
import { asksRoleferry } from './process-profile.ts';
import { type ProfileUpdate, settingsToAdd } from './profile-keys.ts';
import { readSnapshot } from './read-snapshot.ts';
import type { Judged } from './refusal-by-policy.ts';
import { resolveTarget } from './resolve-target.ts';
import { type Edit, rewriteBytes, rewriteFile } from './rewrite-file.ts';
import { profileFailure } from './validate-profile.ts';

export type { ProfileUpdate } from './profile-keys.ts';

/**
 * Writes profiles into the credentials file, all of them in one write, and their `region` and `output` into the
 * config file where it has none for them. One outcome for each update, in their order; of two updates with the
 * same name the last one is written. The credentials of a process profile go into its cache instead, and temporary
 * ones that the credentials file still has for it are taken out, since they would win.
 *
 * What the policy of the machine forbids is refused here, below host and CLI, and the lines that it wants of each
 * decision are written before anything else is.
 *
 * `stillWanted` is asked right before a file is changed: when whoever asked is gone by then, nothing is
 * written and the failure is `host-gone`.
 *
 * Refused one by one, the others written: `profile-name-invalid`, `profile-value-invalid`, `profile-long-lived`,
 * `profile-other-account`, `profile-shadowed`, `file-not-understood` (only this profile's section is in doubt),
 * `policy-forbids`, `policy-no-profiles`, `policy-fixed-profile`, `machine-policy-source-unknown`, and
 * for a process profile those of writing its cache. For all of them, with
 * nothing written to the credentials file: `file-not-understood`, `file-unreadable`, `file-not-writable`,
 * `file-no-space`, `file-link-broken`, `file-busy`, `machine-policy-invalid`, `audit-not-written`.
 */
export async function writeProfiles(
  files: AwsFiles,
  updates: ProfileUpdate[],
  stillWanted: () => boolean = () => true,
  program: Program = 'host',
): Promise<Result<ProfileOutcome[]>> {
  const judged = await judge(files.machine, program, updates.map(asJudged));
  if (!judged.ok) return judged;
  const { refusals, noteFailures } = judged.value;
  const forbidden = new Map(
    updates.flatMap(({ name }, index) => (refusals[index] ? [[name, refusals[index]] as const] : [])),
  );
  const allowed = updates.filter(({ name }) => !forbidden.has(name));
  const written = allowed.length > 0 ? await writeAllowed(files, allowed, stillWanted) : ok([]);
  const outcomes = updates.map(({ name }): ProfileOutcome => {
    const reason = forbidden.get(name) ?? (written.ok ? undefined : written.failure);
    if (reason !== undefined) return { name, ok: false, failure: reason };
    const outcome = written.ok ? written.value.find((one) => one.name === name) : undefined;
    return outcome ?? { name, ok: false, failure: failure('unexpected', { where: 'the credentials file' }) };
  });
  await noteFailures(outcomes.map((one) => (one.ok ? undefined : one.failure)));
  return written.ok ? ok(outcomes) : written;
}

const asJudged = ({ name, principalArn, credentials, source }: ProfileUpdate): Judged => ({
  arn: principalArn,
  profile: name,
  source: source ?? 'unknown',
  expiration: credentials.expiration,
});

/**
 * The config file goes first, so that a failure there leaves
 * the credentials file alone; and not before it is known that the credentials file may be written, so that a failure
 * of that leaves the config file alone. Credentials that are said not to be there must never be there: nobody would
 * take them out again.
 */
async function writeAllowed(
  files: AwsFiles,
  updates: ProfileUpdate[],
  stillWanted: () => boolean,
): Promise<Result<ProfileOutcome[]>> {
  // A config file that we may not read, or none such as /dev/null, says nothing to this person's AWS tools either.
  const config = await readBytes(files.configFile);
  const configContent = config.ok ? config.value.toString('latin1') : '';
  const inConfig = settingsByProfile(configContent);
  const refused = new Map<string, Failure>();
  const inCache = ({ name }: ProfileUpdate) =>
    files.cacheFolder !== undefined && asksRoleferry(inConfig.get(name) ?? [], name);
  for (const update of updates) {
    const refusal =
      profileFailure(update) ??
      configInTheWay(files.configFile, inConfig.get(update.name) ?? [], update) ??
      (inCache(update) ? await otherAccountInCache(files, update) : undefined);
    if (refusal) refused.set(update.name, refusal);
  }
  const changes = updates
    .filter(({ name }) => !refused.has(name))
    .map((update) => ({
      name: update.name,
      ...(!inCache(update) && { write: update }),
      ...(update.replace && { replace: true }),
      ...(update.takeOver && { takeOver: true }),
    }));
  const edit = (bytes: Buffer) => {
    const edited = editProfiles(files.credentialsFile, bytes, changes);
    if (!edited.ok) return failed(notUnderstood(files.credentialsFile, edited));
    return ok({ pieces: edited.value.pieces, value: edited.value.refused });
  };
  const write: Edit<Map<string, Failure>> = (bytes, doubted) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    const pieces = doubted ? undefined : editPlainFile(files.credentialsFile, bytes, changes);
    return pieces ? ok({ pieces, value: new Map(), stands: () => isPlain(bytes) }) : edit(bytes);
  };

  const additions = updates.map((update) => [update.name, settingsToAdd(update)] as const);
  if (!hasAll(configContent, additions)) {
    // Looked at beforehand: a profile that will be refused gets no region either.
    const credentials = await readBytes(files.credentialsFile);
    if (!credentials.ok) return credentials;
    if (!stillWanted()) return failed(failure('host-gone'));
    const rehearsed = edit(credentials.value);
    if (!rehearsed.ok) return rehearsed;
    const changesFile = !Buffer.concat(rehearsed.value.pieces).equals(credentials.value);
    const writable = changesFile ? await mayWrite(files.credentialsFile) : ok(undefined);
    if (!writable.ok) return writable;
    const accepted = additions.filter(
      ([name, settings]) => settings.size > 0 && !refused.has(name) && !rehearsed.value.value.has(name),
    );
    const added = await addToConfig(files.configFile, new Map(accepted));
    if (!added.ok) return added;
  }

  const written = changes.length > 0 ? await rewriteBytes(files.credentialsFile, write) : ok(new Map());
  if (!written.ok) return written;
  for (const update of updates.filter(inCache)) {
    if (refused.has(update.name) || written.value.has(update.name)) continue;
    const kept = await writeCache(files, update.name, update);
    if (!kept.ok) refused.set(update.name, kept.failure);
  }
  return ok(
    updates.map(({ name }) => {
      const refusal = refused.get(name) ?? written.value.get(name);
      return refusal ? { name, ok: false, failure: refusal } : { name, ok: true };
    }),
  );
}

async function otherAccountInCache(
  files: AwsFiles,
  { name, principalArn, takeOver }: ProfileUpdate,
): Promise<Failure | undefined> {
  const cached = await readCache(files, name);
  if (!cached.ok) return cached.failure;
  const found = accountOf(cached.value?.principalArn ?? '');
  const given = accountOf(principalArn);
  if (takeOver || found === undefined || given === undefined || found === given) return undefined;
  return failure('profile-other-account', { profile: name, found, given });
}

async function addToConfig(
  file: string,
  additions: Parameters<typeof addSettings>[1],
): Promise<Result<void>> {
  if (additions.size === 0) return ok(undefined);
  const edit = (content: string) => {
    const added = addSettings(content, additions);
    return added.ok ? ok({ content: added.value, value: undefined }) : failed(notUnderstood(file, added));
  };
  return rewriteFile<void>(file, edit);
}

async function mayWrite(file: string): Promise<Result<void>> {
  const target = await resolveTarget(file);
  if (!target.ok) return target;
  const snapshot = await readSnapshot(target.value);
  if (!snapshot.ok) return snapshot;
  const refusal = snapshot.value && whyNotReplace(target.value, snapshot.value);
  return refusal ? failed(refusal) : ok(undefined);
}

/** Whether a config file with this content (latin1) has all settings already, as after the first login. */
function hasAll(content: string, additions: readonly (readonly [string, Properties])[]): boolean {
  const wanted = new Map(additions.filter(([, settings]) => settings.size > 0));
  if (wanted.size === 0) return true;
  const added = addSettings(content, wanted);
  return added.ok && added.value === content;
}

async function readBytes(file: string): Promise<Result<Buffer>> {
  const snapshot = await readSnapshot(file);
  return snapshot.ok ? ok(snapshot.value?.bytes ?? Buffer.alloc(0)) : snapshot;
}

const notUnderstood = (file: string, { line, reason }: Extract<Understood<never>, { ok: false }>) =>
  failure('file-not-understood', { file, line, reason });
