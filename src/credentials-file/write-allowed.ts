import { accountOfArn } from '../core/aws/account-number.ts';
import type { Failure } from '../core/failure.ts';
import type { ProfileOutcome } from '../core/protocol/answers.ts';
import { ok, type Result } from '../core/result.ts';
import { configInTheWay } from './config/config-in-the-way.ts';
import { settingsByProfile } from './config/config-settings.ts';
import { asksRoleferry } from './config/process-lines.ts';
import { accountsThatStay, writeSettings } from './config/write-settings.ts';
import type { AwsFiles } from './files/locate.ts';
import { readConfig } from './files/read-text.ts';
import { awsCliRefusal } from './format/aws-cli-refusal.ts';
import { otherAccountFailure } from './format/other-account.ts';
import type { ProfileUpdate } from './format/profile-keys.ts';
import { profileFailure } from './format/validate-profile.ts';
import { readCache, writeCache } from './process/cache.ts';
import { type Written, writeCredentials } from './write-credentials.ts';

/**
 * Writes the profiles that the machine's policy allows, for `writeProfiles`. Credentials come first: a login is worth
 * more than a region. What cannot be written to the config file is a warning.
 */
export async function writeAllowed(
  files: AwsFiles,
  updates: readonly ProfileUpdate[],
  stillWanted: () => boolean,
): Promise<Result<ProfileOutcome[]>> {
  const { credentialsFile, configFile } = files;
  // A config file that we cannot read says nothing to this person's AWS tools either.
  const config = await readConfig(configFile);
  const before = config.ok ? config.value : '';
  const inConfig = settingsByProfile(before);
  // Stryker disable ArrayDeclaration: without settings there is no command
  const isProcess = ({ name }: ProfileUpdate) =>
    files.cacheFolder !== undefined && asksRoleferry(inConfig.get(name) ?? [], name);

  // Stryker restore ArrayDeclaration
  const refused = new Map<string, Failure>();
  for (const update of updates) {
    // Stryker disable ArrayDeclaration: what has no key is not in the way
    const refusal =
      profileFailure(update) ??
      configInTheWay(configFile, inConfig.get(update.name) ?? [], update) ??
      (isProcess(update) ? await otherAccountInCache(files, update) : undefined);
    // Stryker restore ArrayDeclaration
    if (refusal) refused.set(update.name, refusal);
  }
  const isAccepted = ({ name }: ProfileUpdate) => !refused.has(name);

  const staysInConfig = await accountsThatStay(configFile, updates, inConfig);
  const changes = updates.filter(isAccepted).map((update) => ({
    name: update.name,
    // Credentials of a process profile in the credentials file would win, so they are removed.
    ...(!isProcess(update) && { write: { ...update, withAccount: staysInConfig.has(update.name) } }),
    ...(update.replace && { replace: true }),
    ...(update.takeOver && { takeOver: true }),
  }));
  const written =
    changes.length > 0 ? await writeCredentials(credentialsFile, changes, stillWanted) : ok(nothing);
  if (!written.ok) return written;
  for (const [name, refusal] of written.value.refused) refused.set(name, refusal);

  for (const update of updates.filter(isProcess).filter(isAccepted)) {
    const kept = await writeCache(files, update.name, update);
    if (!kept.ok) refused.set(update.name, kept.failure);
  }

  const accepted = updates.filter(isAccepted);
  const settings = await writeSettings(files, accepted, before);
  const contents = new Map([
    [credentialsFile, Buffer.concat(written.value.pieces)],
    [configFile, Buffer.from(settings.content, 'latin1')],
  ]);
  const misread = [...contents].map(([file, bytes]) => awsCliRefusal(file, bytes));
  return ok(
    updates.map((update): ProfileOutcome => {
      const { name } = update;
      const refusal = refused.get(name);
      if (refusal) return { name, ok: false, failure: refusal };
      const ofProfile = settings.warnings.get(name);
      const warnings = [ofProfile, ...(update === accepted[0] ? misread : [])].filter(
        (warning) => warning !== undefined,
      );
      return { name, ok: true, ...(warnings.length > 0 && { warnings }) };
    }),
  );
}

const nothing: Written = { pieces: [], refused: new Map() };

async function otherAccountInCache(files: AwsFiles, update: ProfileUpdate): Promise<Failure | undefined> {
  const cached = await readCache(files, update.name);
  // Stryker disable next-line ConditionalExpression: what cannot be read cannot be written later either
  if (!cached.ok) return cached.failure;
  // Stryker disable next-line StringLiteral: neither has an account
  return otherAccountFailure(update, accountOfArn(cached.value?.principalArn ?? ''));
}
