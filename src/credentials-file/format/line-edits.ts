import type { AwsFile, Line, ParsedLine } from './parse-lines.ts';

/** A file and the changes to it, line by line, until `renderDraft` puts them together. Untouched lines stay bytes. */
export interface Draft {
  file: AwsFile;
  sections: Section[];
  replaced: Map<number, Line[]>;
  inserted: Map<number, Line[]>;
  appended: string[];
}

/** Line indexes of one section: its header, and the line after its last. */
export interface Section {
  name: string;
  header: number;
  end: number;
}

export type Properties = ReadonlyMap<string, string>;

type PropertyLine = Extract<ParsedLine, { kind: 'property' }>;

export function draftOf(file: AwsFile): Draft {
  const sections: Section[] = [];
  for (const [index, line] of file.lines.entries()) {
    if (line.kind !== 'header') continue;
    const previous = sections.at(-1);
    if (previous) previous.end = index;
    sections.push({ name: line.name, header: index, end: file.lines.length });
  }
  return { file, sections, replaced: new Map(), inserted: new Map(), appended: [] };
}

/** The properties of `section` in the order of the file, `key` in lower case as AWS tools compare it. */
export function propertiesOf(
  draft: Draft,
  section: Section,
): { index: number; key: string; value: string }[] {
  const found = [];
  for (let index = section.header + 1; index < section.end; index++) {
    const line = draft.file.lines[index];
    if (line?.kind === 'property') found.push({ index, key: line.key.toLowerCase(), value: line.value });
  }
  return found;
}

/**
 * Gives `key` its new value where `section` has it, and says whether it has.
 *
 * What would spoil the value for one reader or the other goes: continuation lines, a second line with the same
 * key (botocore refuses the whole file for it), upper case in the key (the SDK for JavaScript does not see it).
 * A comment behind the value moves to a line of its own above it, since the AWS CLI takes it for part of the
 * value, and an indented comment below moves to the left, since the SDKs for Java and Rust do the same with that.
 */
export function replaceProperty(draft: Draft, section: Section, key: string, value: string): boolean {
  const [first, ...others] = propertiesOf(draft, section).filter((property) => property.key === key);
  if (!first) return false;
  const line = draft.file.lines[first.index] as PropertyLine;
  const margin = line.text.slice(0, line.indent);
  const separator = line.value === '' && /^[ \t]+=$/.test(line.separator) ? ' = ' : line.separator;
  const lines = [{ text: `${margin}${key}${separator}${value}`, ending: line.ending }];
  if (line.comment) lines.unshift({ text: margin + line.comment, ending: endingNear(draft, first.index) });
  draft.replaced.set(first.index, lines);
  clearFollowers(draft, section, first.index);
  for (const other of others) removeLines(draft, section, other.index);
  return true;
}

/** Takes every property of `section` whose key is in `keys` out of it, with its continuation lines. */
export function removeProperties(draft: Draft, section: Section, keys: ReadonlySet<string>) {
  for (const { key, index } of propertiesOf(draft, section)) {
    if (keys.has(key)) removeLines(draft, section, index);
  }
}

/**
 * Adds `properties` to `section`: after the last property that is in `near`, else after its last one, written with
 * the same margin and the same blanks around `=`; else right below the section's name.
 */
export function insertProperties(
  draft: Draft,
  section: Section,
  properties: Properties,
  near: ReadonlySet<string> = new Set(),
) {
  if (properties.size === 0) return;
  const present = propertiesOf(draft, section);
  const kept = present.filter(({ index }) => draft.replaced.get(index)?.length !== 0);
  const neighbour = kept.findLast(({ key }) => near.has(key)) ?? kept.at(-1);
  const model = neighbour && (draft.file.lines[neighbour.index] as PropertyLine);
  const margin = model?.text.slice(0, model.indent) ?? '';
  const separator = model?.value ? model.separator : ' = ';
  let after = neighbour?.index ?? section.header;
  if (!model) clearFollowers(draft, section, after);
  // An own line was cleared of what follows it; what follows another's stays with that.
  else if (!draft.replaced.has(after)) after = followers(draft, section, after).at(-1)?.index ?? after;
  const ending = endingNear(draft, after);
  const lines = [...properties].map(([key, value]) => ({
    text: `${margin}${key}${separator}${value}`,
    ending,
  }));
  draft.inserted.set(after, [...(draft.inserted.get(after) ?? []), ...lines]);
}

/** Adds a new section at the end of the file, after a blank line when there is something before it. */
export function appendSection(draft: Draft, name: string, properties: Properties) {
  const last = draft.appended.at(-1) ?? draft.file.lines.at(-1)?.text ?? '';
  if (/[^ \t]/.test(last)) draft.appended.push('');
  draft.appended.push(`[${name}]`, ...[...properties].map(([key, value]) => `${key} = ${value}`));
}

/** The whole file, changes included. */
export function renderDraft(draft: Draft): string {
  const { lines, bom } = draft.file;
  const rendered: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const replaced = draft.replaced.get(index);
    if (replaced === undefined) rendered.push(line);
    else rendered.push(...replaced);
    const inserted = draft.inserted.get(index);
    if (inserted !== undefined) rendered.push(...inserted);
  }
  const ending = endingNear(draft, lines.length - 1);
  rendered.push(...draft.appended.map((text) => ({ text, ending })));
  let text = bom;
  for (const [index, line] of rendered.entries()) {
    const isLast = index === rendered.length - 1;
    text += line.text;
    text += line.ending || (isLast ? '' : ending);
  }
  return text;
}

/** The ending of the line at `index`, or of the nearest one above it that has one. */
export function endingNear(draft: Draft, index: number): string {
  for (let at = index; at >= 0; at--) {
    const ending = draft.file.lines[at]?.ending;
    if (ending) return ending;
  }
  return '\n';
}

function removeLines(draft: Draft, section: Section, index: number) {
  draft.replaced.set(index, []);
  clearFollowers(draft, section, index);
}

/** Drops the continuation lines below `index`, and moves indented comments there to the left. */
function clearFollowers(draft: Draft, section: Section, index: number) {
  const above = draft.file.lines[index];
  const margin = above?.kind === 'property' ? above.text.slice(0, above.indent) : '';
  for (const { line, index: at } of followers(draft, section, index)) {
    const moved = { text: margin + line.text.trimStart(), ending: line.ending };
    draft.replaced.set(at, line.kind === 'comment' ? [moved] : []);
  }
}

/** What some AWS tool takes for a part of the line at `index`: continuation lines and indented comments. */
function followers(draft: Draft, section: Section, index: number): { line: ParsedLine; index: number }[] {
  const above = draft.file.lines[index];
  const indent = above?.kind === 'property' ? above.indent : 0;
  const found = [];
  for (let at = index + 1; at < section.end; at++) {
    const line = draft.file.lines[at];
    if (!line || line.kind === 'property') break;
    if (line.kind === 'continuation' || (line.kind === 'comment' && line.indent > indent)) {
      found.push({ line, index: at });
    }
  }
  return found;
}
