import type { AwsFile, Line, ParsedLine } from './parse-lines.ts';

/** A file and the edits to its lines, until `applyEdits` joins them. Untouched lines keep every byte. */
export interface LineEdits {
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

export function editsOf(file: AwsFile): LineEdits {
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
  edits: LineEdits,
  section: Section,
): { index: number; key: string; value: string }[] {
  const first = section.header + 1;
  return edits.file.lines
    .slice(first, section.end)
    .flatMap((line, at) =>
      line.kind === 'property' ? [{ index: first + at, key: line.key.toLowerCase(), value: line.value }] : [],
    );
}

/**
 * Gives `key` a new value if `section` has it. Returns whether it has.
 *
 * Removes what would spoil the value for some reader: continuation lines, a second line with the same key (botocore
 * refuses the whole file), upper case in the key (the SDK for JavaScript misses it). A comment behind the value moves
 * to its own line above, since the AWS CLI takes it for part of the value. An indented comment below moves to the left,
 * since the SDKs for Java and Rust take it for part of the value.
 */
export function replaceProperty(edits: LineEdits, section: Section, key: string, value: string): boolean {
  const [first, ...others] = propertiesOf(edits, section).filter((property) => property.key === key);
  if (!first) return false;
  const line = edits.file.lines[first.index] as PropertyLine;
  const margin = line.text.slice(0, line.indent);
  const separator = line.value === '' && /[ \t]=$/.test(line.separator) ? ' = ' : line.separator;
  const lines = [{ text: `${margin}${key}${separator}${value}`, ending: line.ending }];
  if (line.comment) lines.unshift({ text: margin + line.comment, ending: endingNear(edits, first.index) });
  edits.replaced.set(first.index, lines);
  clearFollowers(edits, section, first.index);
  for (const other of others) removeLines(edits, section, other.index);
  return true;
}

/** Removes the properties of `section` with one of these `keys`, and their continuation lines. */
export function removeProperties(edits: LineEdits, section: Section, keys: ReadonlySet<string>) {
  for (const { key, index } of propertiesOf(edits, section)) {
    if (keys.has(key)) removeLines(edits, section, index);
  }
}

/**
 * Adds `properties` to `section`: after the last property in `near`, else after its last property, with that
 * property's margin and blanks around `=`. In an empty section they go right below the header.
 */
export function insertProperties(
  edits: LineEdits,
  section: Section,
  properties: Properties,
  near: ReadonlySet<string> = new Set(),
) {
  if (properties.size === 0) return;
  const present = propertiesOf(edits, section);
  const kept = present.filter(({ index }) => edits.replaced.get(index)?.length !== 0);
  const neighbour = kept.findLast(({ key }) => near.has(key)) ?? kept.at(-1);
  const model = neighbour && (edits.file.lines[neighbour.index] as PropertyLine);
  const margin = model?.text.slice(0, model.indent) ?? '';
  const separator = model?.value ? model.separator : ' = ';
  let after = neighbour?.index ?? section.header;
  if (!model) clearFollowers(edits, section, after);
  // A line that we replaced has lost its followers. Those of any other line stay with it.
  else if (!edits.replaced.has(after)) after = followers(edits, section, after).at(-1)?.index ?? after;
  const ending = endingNear(edits, after);
  const lines = [...properties].map(([key, value]) => ({
    text: `${margin}${key}${separator}${value}`,
    ending,
  }));
  edits.inserted.set(after, [...(edits.inserted.get(after) ?? []), ...lines]);
}

/** Adds a new section at the end of the file, after a blank line when there is something before it. */
export function appendSection(edits: LineEdits, name: string, properties: Properties) {
  // Stryker disable next-line UnaryOperator: no line that was appended to a section is empty
  const last = edits.appended.at(-1) ?? edits.file.lines.at(-1)?.text ?? '';
  if (/[^ \t]/.test(last)) edits.appended.push('');
  edits.appended.push(`[${name}]`, ...[...properties].map(([key, value]) => `${key} = ${value}`));
}

/** The whole file with its edits. */
export function applyEdits(edits: LineEdits): string {
  const { lines, bom } = edits.file;
  const rendered: Line[] = [];
  for (const [index, line] of lines.entries()) {
    const replaced = edits.replaced.get(index);
    if (replaced === undefined) rendered.push(line);
    else rendered.push(...replaced);
    const inserted = edits.inserted.get(index);
    if (inserted !== undefined) rendered.push(...inserted);
  }
  // Stryker disable next-line ArithmeticOperator: there is no line behind the last
  const ending = endingNear(edits, lines.length - 1);
  rendered.push(...edits.appended.map((text) => ({ text, ending })));
  let text = bom;
  for (const [index, line] of rendered.entries()) {
    const isLast = index === rendered.length - 1;
    text += line.text;
    text += line.ending || (isLast ? '' : ending);
  }
  return text;
}

/** The line ending at `index`, or the nearest one above. */
export function endingNear(edits: LineEdits, index: number): string {
  for (let at = index; at >= 0; at--) {
    // Stryker disable next-line OptionalChaining: there is a line above each
    const ending = edits.file.lines[at]?.ending;
    if (ending) return ending;
  }
  return '\n';
}

function removeLines(edits: LineEdits, section: Section, index: number) {
  edits.replaced.set(index, []);
  clearFollowers(edits, section, index);
}

/** Drops the continuation lines below `index`, and moves indented comments there to the left. */
function clearFollowers(edits: LineEdits, section: Section, index: number) {
  const above = edits.file.lines[index];
  const margin = above?.kind === 'property' ? above.text.slice(0, above.indent) : '';
  for (const { line, index: at } of followers(edits, section, index)) {
    const moved = { text: margin + line.text.trimStart(), ending: line.ending };
    edits.replaced.set(at, line.kind === 'comment' ? [moved] : []);
  }
}

/** The lines that some AWS tool takes for part of the line at `index`: continuations and indented comments. */
export function followers(
  edits: LineEdits,
  section: Section,
  index: number,
): { line: ParsedLine; index: number }[] {
  const above = edits.file.lines[index];
  const indent = above?.kind === 'property' ? above.indent : 0;
  const found = [];
  // Stryker disable next-line EqualityOperator: at the end is a header, or nothing
  for (let at = index + 1; at < section.end; at++) {
    const line = edits.file.lines[at];
    if (!line || line.kind === 'property') break;
    // Stryker disable next-line ConditionalExpression,EqualityOperator: at the same indent nothing has to move, and blank lines have none
    if (line.kind === 'continuation' || (line.kind === 'comment' && line.indent > indent)) {
      found.push({ line, index: at });
    }
  }
  return found;
}
