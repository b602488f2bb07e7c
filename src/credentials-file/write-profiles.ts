import { accountOfArn } from '../core/aws/account-number.ts';
import { type Failure, failure } from '../core/failure.ts';
import type { ProfileOutcome } from '../core/protocol/protocol.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { readSnapshot } from '../disk/read-snapshot.ts';
import { type Edit, rewriteBytes, rewriteFile } from '../disk/rewrite-file.ts';
import { whyNotWritable } from '../disk/why-not-writable.ts';
import { addSettings } from './config/add-settings.ts';
import { asksRoleferry } from './config/asks-roleferry.ts';
import { configInTheWay } from './config/config-in-the-way.ts';
import { settingsByProfile } from './config/config-settings.ts';
import type { AwsFiles } from './files/locate.ts';
import { awsCliRefusal } from './format/aws-cli-refusal.ts';
import type { Settings } from './format/classify.ts';
import { editPlainFile } from './format/edit-plain-file.ts';
import { editProfiles } from './format/edit-profiles.ts';
import type { Understood } from './format/parse-lines.ts';
import { isPlain } from './format/plain-sections.ts';
import { accountKey, accountSetting, type ProfileUpdate, settingsToAdd } from './format/profile-keys.ts';
import { profileFailure } from './format/validate-profile.ts';
import type { Program } from './policy/audit.ts';
import { judge } from './policy/obey-policy.ts';
import type { Judged } from './policy/refusal-by-policy.ts';
import { readCache, writeCache } from './process/process-cache.ts';

export type { ProfileUpdate } from './format/profile-keys.ts';

/**
 * Writes profiles into the credentials file, all of them in one write, and then their `region` and `output` into the
 * config file where it has none for them. One outcome for each update, in their order; of two updates with the
 * same name the last one is written. The credentials of a process profile go into its cache instead, and temporary
 * ones that the credentials file still has for it are taken out, since they would win. Where either file names the
 * account of a profile (`aws_account_id`), it names that of the new credentials from then on.
 *
 * What the policy of the machine forbids is refused here, below host and CLI, and the lines that it wants of each
 * decision are written before anything else is.
 *
 * `stillWanted` is asked right before the credentials are written: when whoever asked is gone by then, nothing is
 * written and the failure is `host-gone`.
 *
 * Refused one by one, the others written: `profile-name-invalid`, `profile-value-invalid`, `profile-long-lived`,
 * `profile-other-account`, `profile-shadowed`, `file-not-understood` (only this profile's section is in doubt),
 * `policy-forbids`, `policy-no-profiles`, `policy-fixed-profile`, `machine-policy-source-unknown`, and
 * for a process profile those of writing its cache. For all of them, with
 * nothing written to either file: `file-not-understood`, `file-unreadable`, `file-not-writable`,
 * `file-no-space`, `file-link-broken`, `file-busy`, `machine-policy-invalid`, `audit-not-written`. Credentials that are said not to be there must never be there:
 * nobody would take them out again.
 *
 * No login is lost for the config file, which comes last: what cannot be written there is a warning in the outcome
 * (`profile-settings-not-written`), and so is what keeps the AWS CLI from reading either file (`file-not-for-aws-cli`),
 * which is true of all profiles and said with the first.
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
 * The credentials go first: a login is worth more than a region. What the config file cannot take is a warning.
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
  const staysInConfig = await accountsThatStay(files.configFile, updates, inConfig);
  const changes = updates
    .filter(({ name }) => !refused.has(name))
    .map((update) => ({
      name: update.name,
      ...(!inCache(update) && {
        write: staysInConfig.has(update.name) ? { ...update, withAccount: true } : update,
      }),
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

  const written = changes.length > 0 ? await rewriteBytes(files.credentialsFile, write) : ok(new Map());
  if (!written.ok) return written;
  for (const [name, refusal] of written.value) refused.set(name, refusal);
  for (const update of updates.filter(inCache)) {
    if (refused.has(update.name)) continue;
    const kept = await writeCache(files, update.name, update);
    if (!kept.ok) refused.set(update.name, kept.failure);
  }
  const accepted = updates.filter(({ name }) => !refused.has(name));
  const unsaid = await writeSettings(files.configFile, accepted, configContent);
  const misread = accepted.length > 0 ? await awsCliRefusals(files) : [];
  return ok(
    updates.map((update): ProfileOutcome => {
      const { name } = update;
      const refusal = refused.get(name);
      if (refusal) return { name, ok: false, failure: refusal };
      const warnings = [...(unsaid.get(name) ?? []), ...(update === accepted[0] ? misread : [])];
      return { name, ok: true, ...(warnings.length > 0 && { warnings }) };
    }),
  );
}

/** The profiles whose account in the config file is another and cannot be changed: the credentials file's then wins. */
async function accountsThatStay(
  file: string,
  updates: readonly ProfileUpdate[],
  inConfig: ReadonlyMap<string, Settings>,
): Promise<ReadonlySet<string>> {
  const stale = updates.filter((update) => namesOtherAccount(inConfig.get(update.name) ?? [], update));
  if (stale.length === 0 || (await whyNotWritable(file)) === undefined) return new Set();
  return new Set(stale.map(({ name }) => name));
}

/** Writes into the config file what profiles are to get there, and gives a warning for each that does not get it. */
async function writeSettings(
  file: string,
  updates: readonly ProfileUpdate[],
  before: string,
): Promise<ReadonlyMap<string, Failure[]>> {
  const all = updates.map((update) => [update.name, settingsToAdd(update)] as const);
  // Of two updates of one profile the last one that says anything counts.
  const additions = new Map(all.filter(([, settings]) => settings.size > 0));
  const corrections = new Map(updates.map((update) => [update.name, accountSetting(update)]));
  const edit = (content: string) => addSettings(content, additions, corrections);
  const unchanged = edit(before);
  // As after the first login.
  if (unchanged.ok && unchanged.value === before) return new Map();
  const written = await rewriteFile<void>(file, (content) => {
    const added = edit(content);
    return added.ok ? ok({ content: added.value, value: undefined }) : failed(notUnderstood(file, added));
  });
  if (written.ok) return new Map();
  const { message: reason } = written.failure;
  const inConfig = settingsByProfile(before);
  return new Map(
    updates.flatMap((update) => {
      const { name: profile } = update;
      const settings = settingsMissing(inConfig.get(profile) ?? [], update).join(' and ');
      if (settings === '') return [];
      return [[profile, [failure('profile-settings-not-written', { profile, settings, reason })]] as const];
    }),
  );
}

/** What the settings that a profile has in the config file lack, as lines of it. */
function settingsMissing(found: Settings, update: ProfileUpdate): string[] {
  const absent = [...settingsToAdd(update)].filter(
    ([wanted]) => !found.some(({ key, value }) => key === wanted && value !== ''),
  );
  const stale = namesOtherAccount(found, update) ? accountSetting(update) : [];
  return [...absent, ...stale].map(([key, value]) => `${key} = ${value}`);
}

/** Whether the settings name an account that the new credentials are not of. */
function namesOtherAccount(found: Settings, update: ProfileUpdate): boolean {
  const account = accountSetting(update).get(accountKey);
  return found.some(
    ({ key, value }) => key === accountKey && value.replace(/\s+[#;].*/, '') !== (account ?? value),
  );
}

/** What keeps the AWS CLI from reading what was written. */
async function awsCliRefusals({ credentialsFile, configFile }: AwsFiles): Promise<Failure[]> {
  const refusals = await Promise.all(
    [...new Set([credentialsFile, configFile])].map(async (file) => {
      const read = await readBytes(file);
      return read.ok ? awsCliRefusal(file, read.value) : undefined;
    }),
  );
  return refusals.filter((refusal) => refusal !== undefined);
}

async function otherAccountInCache(
  files: AwsFiles,
  { name, principalArn, takeOver }: ProfileUpdate,
): Promise<Failure | undefined> {
  const cached = await readCache(files, name);
  if (!cached.ok) return cached.failure;
  const found = accountOfArn(cached.value?.principalArn ?? '');
  const given = accountOfArn(principalArn);
  if (takeOver || found === undefined || given === undefined || found === given) return undefined;
  return failure('profile-other-account', { profile: name, found, given });
}

async function readBytes(file: string): Promise<Result<Buffer>> {
  const snapshot = await readSnapshot(file);
  return snapshot.ok ? ok(snapshot.value?.bytes ?? Buffer.alloc(0)) : snapshot;
}

const notUnderstood = (file: string, { line, reason }: Extract<Understood<never>, { ok: false }>) =>
  failure('file-not-understood', { file, line, reason });
