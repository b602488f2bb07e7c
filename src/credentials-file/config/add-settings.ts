import { type Reader, type Reading, readAsAwsTools } from '../format/aws-readers.ts';
import {
  appendSection,
  type Draft,
  draftOf,
  insertProperties,
  type Properties,
  propertiesOf,
  renderDraft,
  replaceProperty,
  type Section,
} from '../format/line-edits.ts';
import { parseLines, type Understood } from '../format/parse-lines.ts';

/**
 * Adds settings to profiles in the content of a config file (latin1), each only where the profile has no value
 * for it yet, in any of the ways its section may be written (`[profile dev]`, `[profile "dev"]`, `[default]`); and
 * gives the profiles those of `corrections` where they have another value for them.
 *
 * Refused as not understood, beside what no reader understands: a change after which some AWS tool would read
 * anything else differently than before.
 */
export function addSettings(
  content: string,
  additions: ReadonlyMap<string, Properties>,
  corrections: ReadonlyMap<string, Properties> = new Map(),
): Understood<string> {
  const parsed = parseLines(content);
  if (!parsed.ok) return parsed;
  const draft = draftOf(parsed.value);
  const names = [...additions.keys(), ...corrections.keys()];
  const sections = new Map(names.map((name) => [name, [] as Section[]]));
  for (const section of draft.sections) sections.get(profileOfSection(section.name) ?? '')?.push(section);
  for (const [name, settings] of additions) addToProfile(draft, sections.get(name) ?? [], name, settings);
  for (const [name, settings] of corrections) correct(draft, sections.get(name) ?? [], settings);
  const edited = renderDraft(draft);
  if (edited === content) return { ok: true, value: content };
  const changed = names.map(
    (name) => [name, new Map([...(additions.get(name) ?? []), ...(corrections.get(name) ?? [])])] as const,
  );
  const line = lineMisread(content, edited, new Map(changed));
  if (line === undefined) return { ok: true, value: edited };
  return { ok: false, line, reason: 'AWS tools read it in different ways' };
}

/** The profile that a section of the config file is, by the name that any AWS tool has for the section. */
export function profileOfSection(section: string): string | undefined {
  if (section === 'default') return section;
  if (section.startsWith('profile.')) return section.slice('profile.'.length);
  return /^profile[ \t]+(["']?)([^"']*)\1$/.exec(section.trim())?.[2];
}

function correct(draft: Draft, sections: readonly Section[], settings: Properties) {
  for (const section of sections) {
    for (const [key, value] of settings) {
      const differs = propertiesOf(draft, section).some(
        (found) => found.key === key && found.value !== value,
      );
      if (differs) replaceProperty(draft, section, key, value);
    }
  }
}

function addToProfile(draft: Draft, sections: readonly Section[], name: string, settings: Properties) {
  const missing = new Map(settings);
  for (const section of sections) {
    for (const { key, value } of propertiesOf(draft, section)) {
      if (value !== '') missing.delete(key);
    }
  }
  // Where both are there, [profile default] is the one that counts.
  const main = sections.findLast((section) => section.name !== 'default') ?? sections.at(-1);
  if (!main) {
    if (missing.size > 0) appendSection(draft, name === 'default' ? name : `profile ${name}`, missing);
    return;
  }
  for (const [key, value] of missing) {
    if (replaceProperty(draft, main, key, value)) missing.delete(key);
  }
  insertProperties(draft, main, missing);
}

/**
 * The first line (from 1) to blame when some AWS tool would read anything else than `additions` differently in the
 * edited content; `undefined` when none would.
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
  ...(additions.get(profileOfSection(section) ?? '')?.keys() ?? []),
];

/** A reading without the added settings, in a form that can be compared. */
const rest = (reading: Reading, additions: ReadonlyMap<string, Properties>) =>
  JSON.stringify(
    [...reading.sections]
      .map(([section, keys]) => {
        const added = addedTo(section, additions);
        return [section, [...keys].filter(([key]) => !added.includes(key.toLowerCase())).sort()] as const;
      })
      .filter(([section, keys]) => keys.length > 0 || addedTo(section, additions).length === 0)
      .sort(),
  );
