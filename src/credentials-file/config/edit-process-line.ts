import { ok, type Result } from '../../core/result.ts';
import { readAsAwsTools } from '../format/aws-readers.ts';
import {
  appendSection,
  applyEdits,
  editsOf,
  insertProperties,
  propertiesOf,
  removeProperties,
  replaceProperty,
} from '../format/line-edits.ts';
import { notUnderstood } from '../format/not-understood.ts';
import { parseLines } from '../format/parse-lines.ts';
import { lineMisread, profileOfSection } from './add-settings.ts';
import { configSettings } from './config-settings.ts';
import { processKey } from './process-lines.ts';

/**
 * Sets the profile's `credential_process` to `command` in the content of a config file (latin1), or removes it. Also
 * removes the keys in `dropped`, and a section left empty. Failure: `file-not-understood`.
 */
export function editProcessLine(
  file: string,
  content: string,
  name: string,
  command: string | undefined,
  dropped: ReadonlySet<string>,
): Result<{ content: string; value: undefined }> {
  const parsed = parseLines(content);
  if (!parsed.ok) return notUnderstood(file, parsed);
  const edits = editsOf(parsed.value);
  const sections = edits.sections.filter((section) => profileOfSection(section.name) === name);
  // [profile default] wins over [default].
  const main = sections.findLast((section) => section.name !== 'default') ?? sections.at(-1);
  for (const section of sections) {
    const keeps = command !== undefined && section === main;
    // Stryker disable next-line ArrayDeclaration: no key is called so
    const gone = new Set([...dropped, ...(keeps ? [] : [processKey])]);
    removeProperties(edits, section, gone);
    if (command === undefined && propertiesOf(edits, section).every(({ key }) => gone.has(key))) {
      edits.replaced.set(section.header, []);
      const above = section.header - 1;
      if (edits.file.lines[above]?.kind === 'blank') edits.replaced.set(above, []);
    }
  }
  if (command !== undefined) {
    const line = new Map([[processKey, command]]);
    if (!main) appendSection(edits, name === 'default' ? name : `profile ${name}`, line);
    else if (!replaceProperty(edits, main, processKey, command)) insertProperties(edits, main, line);
  }
  const edited = applyEdits(edits);
  // Stryker disable next-line StringLiteral: only the keys are looked at
  const changed = new Map([[name, new Map([processKey, ...dropped].map((key) => [key, '']))]]);
  const line = lineMisread(content, edited, changed) ?? (isAsMeant(edited, name, command) ? undefined : 1);
  if (line === undefined) return ok({ content: edited, value: undefined });
  return notUnderstood(file, { line, reason: 'disputed' });
}

function isAsMeant(content: string, name: string, command: string | undefined): boolean {
  const read = configSettings(content, name).filter(({ key }) => key === processKey);
  if (command === undefined) return read.length === 0;
  const utf8 = Buffer.from(command, 'latin1').toString('utf8');
  const readers = Object.values(readAsAwsTools(content)).filter((reading) => reading !== undefined);
  return read.length >= readers.length && read.every(({ value }) => value === command || value === utf8);
}
