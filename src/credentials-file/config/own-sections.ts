import * as v from 'valibot';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { rewriteFile } from '../../disk/rewrite-file.ts';
import type { AwsFiles } from '../files/locate.ts';
import { ownList } from '../files/own-list.ts';
import { applyEdits, editsOf, type LineEdits, propertiesOf } from '../format/line-edits.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { parseLines, type Understood } from '../format/parse-lines.ts';
import { lineMisread, profileOfSection } from './add-settings.ts';

/** The sections that Roleferry added to the config file by itself, each with its lines from the header on. */
const { read, change } = ownList(['written'], v.object({ name: v.string(), lines: v.array(v.string()) }));

/**
 * Notes what Roleferry has made of the sections of these profiles between two states of the config file (latin1): a
 * section that it added, and what it changed in one that was its own. If that cannot be noted, the section stays for
 * good.
 */
export async function noteOwnSections(
  files: AwsFiles,
  names: readonly string[],
  before: string,
  after: string,
): Promise<void> {
  const known = await read(files);
  if (!known.ok) return;
  const [old, now] = [sectionsIn(before), sectionsIn(after)];
  const linesOf = (name: string) => known.value.find((one) => one.name === name)?.lines;
  const made = names.flatMap((name) => {
    const [section, ...others] = now?.get(name) ?? [];
    const earlier = old?.get(name);
    const isOwn = earlier === undefined || isSame(earlier, linesOf(name));
    return section && others.length === 0 && isOwn ? [{ name, lines: section.lines }] : [];
  });
  if (made.length === 0) return;
  await change(files, (all) => [
    ...all.filter(({ name }) => !made.some((one) => one.name === name)),
    ...made,
  ]);
}

/**
 * Takes the section of a profile out of the config file, if Roleferry added it and nobody has written into it since;
 * else it stays as it is. Failures: `place-is-link`, `host-gone`, `file-not-understood`, and those of writing a file.
 */
export async function removeOwnSection(
  files: AwsFiles,
  name: string,
  stillWanted: () => boolean,
): Promise<Result<void>> {
  const known = await read(files);
  if (!known.ok) return known;
  const lines = known.value.find((one) => one.name === name)?.lines;
  if (lines === undefined) return ok(undefined);
  const { configFile } = files;
  const cut = await rewriteFile<void>(configFile, (content) => {
    if (!stillWanted()) return failed(failure('host-gone'));
    const left = withoutSection(content, name, lines);
    return left.ok ? ok({ content: left.value, value: undefined }) : notUnderstood(configFile, left);
  });
  return cut.ok ? change(files, (all) => all.filter((one) => one.name !== name)) : cut;
}

interface OwnSection {
  header: number;
  /** Up to the first blank line. */
  lines: string[];
  /** Whether settings stand below that blank line. */
  hasMore: boolean;
  keys: string[];
}

function sectionsIn(content: string): Map<string, OwnSection[]> | undefined {
  const parsed = parseLines(content);
  return parsed.ok ? sectionsOf(editsOf(parsed.value)) : undefined;
}

function sectionsOf(edits: LineEdits): Map<string, OwnSection[]> {
  const found = new Map<string, OwnSection[]>();
  for (const section of edits.sections) {
    const name = profileOfSection(section.name);
    if (name === undefined) continue;
    const all = edits.file.lines.slice(section.header, section.end);
    const blank = all.findIndex(({ kind }) => kind === 'blank');
    const end = blank < 0 ? all.length : blank;
    const own = {
      header: section.header,
      lines: all.slice(0, end).map(({ text }) => text),
      hasMore: all.slice(end).some(({ kind }) => kind === 'property' || kind === 'continuation'),
      keys: propertiesOf(edits, section).map(({ key }) => key),
    };
    found.set(name, [...(found.get(name) ?? []), own]);
  }
  return found;
}

/** Whether a profile has but this section, with these lines. */
const isSame = ([section, ...others]: readonly OwnSection[], lines: readonly string[] = []): boolean =>
  section !== undefined &&
  others.length === 0 &&
  !section.hasMore &&
  section.lines.join('\n') === lines.join('\n');

/** The content without that section and the blank line above it. Comments around it stay. */
function withoutSection(content: string, name: string, lines: readonly string[]): Understood<string> {
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const edits = editsOf(parsed.value);
  const found = sectionsOf(edits).get(name) ?? [];
  const [section] = found;
  if (section === undefined || !isSame(found, lines)) return { ok: true, value: content };
  const { header, keys } = section;
  const above = edits.file.lines[header - 1]?.kind === 'blank' ? header - 1 : header;
  for (let index = above; index < header + lines.length; index++) edits.replaced.set(index, []);
  const edited = applyEdits(edits);
  // Stryker disable next-line StringLiteral: only the keys are looked at
  const gone = new Map([[name, new Map(keys.map((key) => [key, '']))]]);
  const line = lineMisread(content, edited, gone);
  return line === undefined ? { ok: true, value: edited } : { ok: false, line, reason: 'disputed' };
}
