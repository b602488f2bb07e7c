import { type Failure, failure } from '../../core/failure.ts';
import { ok, type Result } from '../../core/result.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import { whyNotWritable } from '../../disk/why-not-writable.ts';
import type { AwsFiles } from '../files/locate.ts';
import type { Settings } from '../format/classify.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { accountKey, accountSetting, type ProfileUpdate, settingsToAdd } from '../format/profile-keys.ts';
import { addSettings } from './add-settings.ts';
import { settingsByProfile } from './config-settings.ts';
import { noteOwnSections } from './own-sections.ts';

/**
 * Adds the settings that profiles lack to the config file, and corrects the account where it names another one.
 * `before` is the file's content (latin1) a moment ago.
 *
 * Returns the file's content now, and the warning `profile-settings-not-written` for each profile that did not get its
 * settings.
 */
export async function writeSettings(
  files: AwsFiles,
  updates: readonly ProfileUpdate[],
  before: string,
): Promise<{ content: string; warnings: ReadonlyMap<string, Failure> }> {
  const all = updates.map((update) => [update.name, settingsToAdd(update)] as const);
  const file = files.configFile;
  // The last update of a profile that has settings wins.
  const additions = new Map(all.filter(([, settings]) => settings.size > 0));
  const corrections = new Map(updates.map((update) => [update.name, accountSetting(update)]));
  let old = before;
  const edit = (content: string): Result<{ content: string; value: string }> => {
    old = content;
    const added = addSettings(content, additions, corrections);
    return added.ok ? ok({ content: added.value, value: added.value }) : notUnderstood(file, added);
  };
  const attempt = edit(before);
  // Usual from the second login on.
  if (attempt.ok && attempt.value.content === before) return { content: before, warnings: new Map() };
  const written = await rewriteFile(file, edit);
  if (written.ok) {
    await noteOwnSections(files, [...additions.keys()], old, written.value);
    return { content: written.value, warnings: new Map() };
  }
  const inConfig = settingsByProfile(before);
  const warnings = updates.flatMap((update) => {
    const { name: profile } = update;
    // Stryker disable next-line ArrayDeclaration: what has no key names no account
    const settings = settingsMissing(inConfig.get(profile) ?? [], update).join(', ');
    if (settings === '') return [];
    const warning = failure('profile-settings-not-written', { profile, settings });
    return [[profile, { ...warning, cause: written.failure }] as const];
  });
  return { content: before, warnings: new Map(warnings) };
}

/**
 * The profiles for which a read-only config file names another account. The credentials file must then name the right
 * one, since it wins.
 */
export async function accountsThatStay(
  file: string,
  updates: readonly ProfileUpdate[],
  inConfig: ReadonlyMap<string, Settings>,
): Promise<ReadonlySet<string>> {
  // Stryker disable next-line ArrayDeclaration: what has no key names no account
  const stale = updates.filter((update) => namesOtherAccount(inConfig.get(update.name) ?? [], update));
  // Stryker disable next-line ConditionalExpression: without the first it is only slower
  if (stale.length === 0 || (await whyNotWritable(file)) === undefined) return new Set();
  return new Set(stale.map(({ name }) => name));
}

/** The lines that a profile lacks in the config file, where it has the settings `found`. */
function settingsMissing(found: Settings, update: ProfileUpdate): string[] {
  const absent = [...settingsToAdd(update)].filter(
    ([wanted]) => !found.some(({ key, value }) => key === wanted && value !== ''),
  );
  const stale = namesOtherAccount(found, update) ? accountSetting(update) : [];
  return [...absent, ...stale].map(([key, value]) => `${key} = ${value}`);
}

/** Whether the settings name another account than that of the new credentials. */
function namesOtherAccount(found: Settings, update: ProfileUpdate): boolean {
  const account = accountSetting(update).get(accountKey);
  return found.some(
    ({ key, value }) => key === accountKey && value.replace(/\s+[#;].*/, '') !== (account ?? value),
  );
}
