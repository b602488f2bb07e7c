import { readAsAwsTools } from './aws-readers.ts';
import { applyEdits, editsOf, endingNear } from './line-edits.ts';
import type { AwsFile, ParsedLine } from './parse-lines.ts';
import { plainHeader } from './plain-sections.ts';

/**
 * The content of `file`, with a plain header for each of the `names` whose headers only some AWS tools understand:
 * `[ dev ]` (not dev to botocore and JavaScript), `[dev]# comment` (no header to JavaScript), `[dev] # [x]` (the
 * section `dev] # [x` to botocore).
 *
 * One of them becomes `[dev]`, with its comment on a line above: the last that botocore reads as dev, since a second
 * one would be an error to botocore, else the last of all. If there is a plain `[dev]` too, nothing changes.
 */
export function normalizeHeaders(file: AwsFile, names: ReadonlySet<string>): string {
  const edits = editsOf(file);
  const plain = new Set<string>();
  const odd = new Map<string, number>();
  const known = new Set<string>();
  for (const { name, header } of edits.sections) {
    if (!names.has(name)) continue;
    if (isPlainHeader(file.lines[header])) {
      plain.add(name);
      continue;
    }
    // Stryker disable next-line OptionalChaining,StringLiteral: there is a line, and botocore reads one alone
    const line = readAsAwsTools(file.lines[header]?.text ?? '').botocore?.lines[0];
    // Stryker disable next-line OptionalChaining: it is a header to botocore too
    const botocoreKnows = line?.section === name;
    if (botocoreKnows) known.add(name);
    if (botocoreKnows || !known.has(name)) odd.set(name, header);
  }
  for (const [name, index] of odd) {
    const header = file.lines[index];
    // Stryker disable next-line ConditionalExpression,OptionalChaining: the index is that of a header
    if (plain.has(name) || header?.kind !== 'header') continue;
    const margin = header.text.slice(0, header.indent);
    const lines = [{ text: `${margin}[${name}]`, ending: header.ending }];
    if (header.comment) lines.unshift({ text: margin + header.comment, ending: endingNear(edits, index) });
    edits.replaced.set(index, lines);
  }
  return applyEdits(edits);
}

/** Whether every AWS tool takes this line, seen alone, for the header of its section. */
export function isPlainHeader(line: ParsedLine | undefined): boolean {
  // Stryker disable next-line all: asked only of headers
  if (line?.kind !== 'header') return false;
  // Most are, and the models of the readers are slow.
  // Stryker disable next-line ConditionalExpression: whoever does not look is only slower
  if (plainHeader.test(line.text)) return true;
  return Object.values(readAsAwsTools(line.text)).every(
    (reading) => !reading || reading.lines[0]?.section === line.name,
  );
}
