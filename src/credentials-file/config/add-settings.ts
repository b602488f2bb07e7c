import { type Reader, type Reading, readAsAwsTools } from '../format/aws-readers.ts';
import {
  appendSection,
  applyEdits,
  editsOf,
  insertProperties,
  type LineEdits,
  type Properties,
  propertiesOf,
  replaceProperty,
  type Section,
} from '../format/line-edits.ts';
import { parseLines, type Understood } from '../format/parse-lines.ts';

/**
 * Adds settings to profiles in the content of a config file (latin1). `additions` go where the profile has no value
 * yet, however its section is written (`[profile dev]`, `[profile "dev"]`, `[default]`). `corrections` replace other
 * values.
 *
 * Refuses, as not understood, content that no reader understands, and a change that would make some AWS tool read
 * anything else differently.
 */
export function addSettings(
  content: string,
  additions: ReadonlyMap<string, Properties>,
  corrections: ReadonlyMap<string, Properties> = new Map(),
): Understood<string> {
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const edits = editsOf(parsed.value);
  const names = [...additions.keys(), ...corrections.keys()];
  const sections = new Map(names.map((name) => [name, [] as Section[]]));
  // Stryker disable next-line StringLiteral: neither is the name of a profile
  for (const section of edits.sections) sections.get(profileOfSection(section.name) ?? '')?.push(section);
  // Stryker disable ArrayDeclaration: there is a list for each name
  for (const [name, settings] of additions) addToProfile(edits, sections.get(name) ?? [], name, settings);
  for (const [name, settings] of corrections) correct(edits, sections.get(name) ?? [], settings);
  // Stryker restore ArrayDeclaration
  const edited = applyEdits(edits);
  // Stryker disable next-line ConditionalExpression: only quicker
  if (edited === content) return { ok: true, value: content };
  const changed = names.map(
    (name) => [name, new Map([...(additions.get(name) ?? []), ...(corrections.get(name) ?? [])])] as const,
  );
  const line = lineMisread(content, edited, new Map(changed));
  if (line === undefined) return { ok: true, value: edited };
  return { ok: false, line, reason: 'disputed' };
}

/** The profile of a section of the config file, given any AWS tool's name for the section. A name with blanks needs quotes. */
export function profileOfSection(section: string): string | undefined {
  if (section === 'default') return section;
  if (section.startsWith('profile.')) return section.slice('profile.'.length);
  const [, , quoted, plain] = /^profile[ \t]+(?:(["'])([^"']*)\1|([^"'\s]*))$/.exec(section.trim()) ?? [];
  return quoted ?? plain;
}

function correct(edits: LineEdits, sections: readonly Section[], settings: Properties) {
  for (const section of sections) {
    for (const [key, value] of settings) {
      const differs = propertiesOf(edits, section).some(
        (found) => found.key === key && found.value !== value,
      );
      if (differs) replaceProperty(edits, section, key, value);
    }
  }
}

function addToProfile(edits: LineEdits, sections: readonly Section[], name: string, settings: Properties) {
  const missing = new Map(settings);
  for (const section of sections) {
    for (const { key, value } of propertiesOf(edits, section)) {
      if (value !== '') missing.delete(key);
    }
  }
  // [profile default] wins over [default].
  const main = sections.findLast((section) => section.name !== 'default') ?? sections.at(-1);
  if (!main) {
    if (missing.size > 0) appendSection(edits, name === 'default' ? name : `profile ${name}`, missing);
    return;
  }
  for (const [key, value] of missing) {
    if (replaceProperty(edits, main, key, value)) missing.delete(key);
  }
  insertProperties(edits, main, missing);
}

/**
 * The first line (from 1) that makes some AWS tool read anything besides `additions` differently after the edit;
 * `undefined` if nothing does.
 */
export function lineMisread(
  content: string,
  edited: string,
  additions: ReadonlyMap<string, Properties>,
): number | undefined {
  const readings = readAsAwsTools(edited);
  for (const [reader, before] of Object.entries(readAsAwsTools(content))) {
    const after = readings[reader as Reader];
    if (before && (!after || rest(before, additions) !== rest(after, additions))) {
      const lines = before.lines.map((line) => line && addedTo(line.section, additions).length > 0);
      return lines.indexOf(true) + 1 || 1;
    }
  }
  return undefined;
}

const addedTo = (section: string, additions: ReadonlyMap<string, Properties>) => [
  // Stryker disable next-line StringLiteral: neither is the name of a profile
  ...(additions.get(profileOfSection(section) ?? '')?.keys() ?? []),
];

/** A reading without the added settings, as text to compare. */
const rest = (reading: Reading, additions: ReadonlyMap<string, Properties>) =>
  JSON.stringify(
    [...reading.sections]
      .map(([section, keys]) => {
        const added = addedTo(section, additions);
        return [section, [...keys].filter(([key]) => !added.includes(key.toLowerCase()))] as const;
      })
      .filter(([, keys]) => keys.length > 0),
  );
