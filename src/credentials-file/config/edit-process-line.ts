import { ok, type Result } from '../../core/result.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';
import {
  appendSection,
  applyEdits,
  editsOf,
  insertProperties,
  type LineEdits,
  propertiesOf,
  removeProperties,
  replaceProperty,
  type Section,
} from '../format/line-edits.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { parseLines } from '../format/parse-lines.ts';
import { ownKeys } from '../format/profile-keys.ts';
import { hasSetAside, type OfProfile, type SetAside, setAside, takeBack } from '../set-aside/settings.ts';
import { lineMisread, profileOfSection } from './add-settings.ts';
import { configSettings } from './config-settings.ts';
import { asksRoleferry, processKey } from './process-lines.ts';

/**
 * Sets the profile's `credential_process` to `command` in the content of a config file (latin1). With `replace`, keys and
 * another `credential_process` are set aside. Failure: `file-not-understood`.
 */
export function setProcessLine(
  file: string,
  content: string,
  name: string,
  command: string,
  { replace = false }: { replace?: boolean } = {},
): Result<{ content: string; value: undefined }> {
  const isOurs = asksRoleferry(configSettings(content, name), name);
  const foreign = new Set(replace ? [...ownKeys, ...(isOurs ? [] : [processKey])] : []);
  const cleared = setAside(content, ofProfile(name), foreign);
  const parsed = cleared.ok ? parseLines(cleared.value) : cleared;
  if (!parsed.ok) return notUnderstood(file, parsed);
  const edits = editsOf(parsed.value);
  const sections = sectionsOf(edits, name);
  // [profile default] wins over [default].
  const main = sections.findLast((section) => section.name !== 'default') ?? sections.at(-1);
  for (const section of sections) {
    if (section !== main) removeProperties(edits, section, new Set([processKey]));
  }
  const line = new Map([[processKey, command]]);
  if (!main) appendSection(edits, name === 'default' ? name : `profile ${name}`, line);
  else if (!replaceProperty(edits, main, processKey, command)) insertProperties(edits, main, line);
  const edited = endingAs(content, applyEdits(edits));
  const wrong = lineMisread(content, edited, changed(name, foreign));
  const at = wrong ?? (isRead(edited, name, command) ? undefined : 1);
  return at === undefined
    ? ok({ content: edited, value: undefined })
    : notUnderstood(file, { line: at, reason: 'disputed' });
}

/**
 * Removes the profile's `credential_process` that asks Roleferry from the content of a config file (latin1), and a section
 * left empty. Then takes back what was set aside, and says what became of that. Failure: `file-not-understood`.
 */
export function removeProcessLine(
  file: string,
  content: string,
  name: string,
): Result<{ content: string; value: SetAside }> {
  const parsed = parseLines(content);
  if (!parsed.ok) return notUnderstood(file, parsed);
  const edits = editsOf(parsed.value);
  const isOurs = asksRoleferry(configSettings(content, name), name);
  for (const section of isOurs ? sectionsOf(edits, name) : []) {
    removeProperties(edits, section, new Set([processKey]));
    const lines = edits.file.lines.slice(section.header, section.end);
    if (lines.some(({ text }) => hasSetAside(text, name))) continue;
    if (propertiesOf(edits, section).every(({ key }) => key === processKey)) {
      edits.replaced.set(section.header, []);
      const above = section.header - 1;
      if (edits.file.lines[above]?.kind === 'blank') edits.replaced.set(above, []);
    }
  }
  const edited = endingAs(content, applyEdits(edits));
  const wrong = lineMisread(content, edited, changed(name));
  const at = wrong ?? (!isOurs || isRead(edited, name, undefined) ? undefined : 1);
  if (at !== undefined) return notUnderstood(file, { line: at, reason: 'disputed' });
  const { content: back, setAside } = takeBack(edited, ofProfile(name), new Set([...ownKeys, processKey]));
  return ok({ content: back, value: setAside });
}

const ofProfile = (name: string): OfProfile => ({
  name,
  isOfProfile: (section) => profileOfSection(section) === name,
});

const sectionsOf = (edits: LineEdits, name: string): Section[] =>
  edits.sections.filter((section) => profileOfSection(section.name) === name);

/** Without a line break at the end where `before` had none, so that undoing leaves every byte. */
const endingAs = (before: string, edited: string): string =>
  before === '' || before.endsWith('\n') ? edited : edited.replace(/\r?\n$/, '');

/** The keys of the profile that may be read differently. */
const changed = (name: string, foreign: ReadonlySet<string> = new Set()) =>
  // Stryker disable next-line StringLiteral: only the keys are looked at
  new Map([[name, new Map([processKey, ...foreign].map((key) => [key, '']))]]);

/** Whether AWS tools read `command` for the profile, or none. */
function isRead(content: string, name: string, command: string | undefined): boolean {
  const read = configSettings(content, name).filter(({ key }) => key === processKey);
  if (command === undefined) return read.length === 0;
  const utf8 = Buffer.from(command, 'latin1').toString('utf8');
  const readers = Object.values(readAsAwsTools(content)).filter((reading) => reading !== undefined);
  return read.length >= readers.length && read.every(({ value }) => value === command || value === utf8);
}
