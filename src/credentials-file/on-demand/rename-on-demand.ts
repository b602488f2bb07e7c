import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import { lineMisread, profileOfSection } from '../config/add-settings.ts';
import { configSettings } from '../config/config-settings.ts';
import { asksRoleferry, processKey } from '../config/process-lines.ts';
import type { AwsFiles } from '../files/locate.ts';
import { readConfig } from '../files/read-text.ts';
import { applyEdits, editsOf, replaceProperty } from '../format/line-edits.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { parseLines, type Understood } from '../format/parse-lines.ts';
import { readCache, removeCache, writeCache } from '../process/cache.ts';
import { existing, withCommands } from './make-on-demand.ts';
import { moveQuestion } from './questions.ts';
import { changeBatches, readBatches } from './record.ts';
import { type Batch, headerOf } from './sections.ts';

/**
 * Gives an on-demand profile another name: its section in the config file, with the command in it and whatever the user
 * added there, its cached credentials, and what tools have asked of it. Nothing else in the file changes. Both names are
 * noted before, so that it can be undone after a crash, too.
 *
 * Failures: `profile-not-found` if Roleferry has not made such a profile, `profile-name-invalid`, `profiles-exist`,
 * `process-path-unfit`, `host-gone`, `file-not-understood`, and those of reading and writing files.
 */
export async function renameOnDemand(
  files: AwsFiles,
  { from, to }: { from: string; to: string },
  program: string,
  stillWanted: () => boolean = () => true,
): Promise<Result<void>> {
  const { configFile } = files;
  const [batches, config] = await Promise.all([readBatches(files), readConfig(configFile)]);
  if (!batches.ok) return batches;
  if (!config.ok) return config;
  const isMade = batches.value.some(({ sections }) => sections.some(({ name }) => name === from));
  if (!isMade || !asksRoleferry(configSettings(config.value, from), from))
    return failed(failure('profile-not-found', { profile: from }));
  const renamed = withCommands([{ name: to }], program);
  if (!renamed.ok) return renamed;
  const clash = await existing(files, config.value, [{ name: to }]);
  if (!clash.ok) return clash;
  const command = renamed.value[0]?.command ?? '';

  // A tool that asks under the new name finds the credentials.
  const cached = await readCache(files, from);
  if (!cached.ok) return cached;
  const kept = cached.value ? await writeCache(files, to, cached.value) : await removeCache(files, to);
  if (!kept.ok) return kept;
  const noted = await changeBatches(files, (all) => withName(all, from, to, command));
  if (!noted.ok) return noted;
  const written = await rewriteFile<void>(configFile, (content) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    const edited = withHeader(content, from, to, command);
    return edited.ok ? ok({ content: edited.value, value: undefined }) : notUnderstood(configFile, edited);
  });
  const [gone] = written.ok ? [from] : [to];
  await removeCache(files, gone);
  const forgotten = await changeBatches(files, (all) => withoutName(all, gone));
  if (!written.ok) return written;
  await moveQuestion(files, from, to);
  return forgotten;
}

/** The same batches with a section of the new name behind that of the old one. */
const withName = (batches: readonly Batch[], from: string, to: string, command: string): Batch[] =>
  batches.map((batch) => ({
    ...batch,
    sections: batch.sections.flatMap((section) =>
      section.name === from
        ? [
            section,
            { name: to, lines: [headerOf(to), `${processKey} = ${command}`, ...section.lines.slice(2)] },
          ]
        : [section],
    ),
  }));

const withoutName = (batches: readonly Batch[], gone: string): Batch[] =>
  batches.map((batch) => ({ ...batch, sections: batch.sections.filter(({ name }) => name !== gone) }));

function withHeader(content: string, from: string, to: string, command: string): Understood<string> {
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const edits = editsOf(parsed.value);
  const [section, other] = edits.sections.filter(({ name }) => profileOfSection(name) === from);
  const line = section && edits.file.lines[section.header];
  const disputed = (header = 0): Understood<string> => ({ ok: false, line: header + 1, reason: 'disputed' });
  // Only a section as Roleferry writes it is renamed, and no part of a profile stays behind.
  if (section === undefined || !line?.text.startsWith(headerOf(from))) return disputed(section?.header);
  if (other !== undefined) return disputed(other.header);
  const text = headerOf(to) + line.text.slice(headerOf(from).length);
  edits.replaced.set(section.header, [{ text, ending: line.ending }]);
  replaceProperty(edits, section, processKey, command);
  const edited = applyEdits(edits);
  const keys = new Map(configSettings(content, from).map(({ key }) => [key, '']));
  const misread = lineMisread(content, edited, new Map([from, to].map((name) => [name, keys])));
  if (misread !== undefined) return disputed(misread - 1);
  return asksRoleferry(configSettings(edited, to), to)
    ? { ok: true, value: edited }
    : disputed(section.header);
}
