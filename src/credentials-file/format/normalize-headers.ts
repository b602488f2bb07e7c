import { readAsAwsTools } from './aws-readers.ts';
import { draftOf, endingNear, renderDraft } from './line-edits.ts';
import type { AwsFile, ParsedLine } from './parse-lines.ts';
import { plainHeader } from './plain-sections.ts';

/**
 * The content of `file`, with a header that every AWS tool understands for each of the `names` whose headers only
 * some understand: `[ dev ]` (other than dev for botocore and JavaScript), `[dev]# comment` (no header at all for
 * JavaScript), `[dev] # [x]` (the section `dev] # [x` for botocore). One of them becomes `[dev]`, its comment a line
 * above it: the last that botocore takes for dev already, since two of them are an error for botocore, else the
 * last. Where a plain `[dev]` is there too, nothing changes.
 */
export function straightenHeaders(file: AwsFile, names: ReadonlySet<string>): string {
  const draft = draftOf(file);
  const plain = new Set<string>();
  const crooked = new Map<string, number>();
  const known = new Set<string>();
  for (const { name, header } of draft.sections) {
    if (!names.has(name)) continue;
    if (isPlainHeader(file.lines[header])) {
      plain.add(name);
      continue;
    }
    const line = readAsAwsTools(file.lines[header]?.text ?? '').botocore?.lines[0];
    const botocoreKnows = line?.section === name;
    if (botocoreKnows) known.add(name);
    if (botocoreKnows || !known.has(name)) crooked.set(name, header);
  }
  for (const [name, index] of crooked) {
    const header = file.lines[index];
    if (plain.has(name) || header?.kind !== 'header') continue;
    const margin = header.text.slice(0, header.indent);
    const lines = [{ text: `${margin}[${name}]`, ending: header.ending }];
    if (header.comment) lines.unshift({ text: margin + header.comment, ending: endingNear(draft, index) });
    draft.replaced.set(index, lines);
  }
  return renderDraft(draft);
}

/** Whether every AWS tool takes this line, seen alone, for the header of its section. */
export function isPlainHeader(line: ParsedLine | undefined): boolean {
  if (line?.kind !== 'header') return false;
  // Most are; to ask the models takes its time.
  if (plainHeader.test(line.text)) return true;
  return Object.values(readAsAwsTools(line.text)).every(
    (reading) => !reading || reading.lines[0]?.section === line.name,
  );
}
