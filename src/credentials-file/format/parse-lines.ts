import type { Reason } from '../../core/failure-reasons.ts';

/**
 * The lines of a shared AWS file, each with its kind. `bom` and then `text` and `ending` of each line give the file back
 * byte for byte. Content is latin1 (one character a byte), so bytes that are not UTF-8 survive.
 */
export interface AwsFile {
  bom: string;
  lines: ParsedLine[];
}

export interface Line {
  text: string;
  /** `\n`, `\r\n`, or empty on a last line without one. */
  ending: string;
}

export type ParsedLine = Line & Part;

type Part =
  | { kind: 'blank' }
  | { kind: 'comment'; indent: number }
  /** An indented line that continues the property above: more of its value, or a nested setting. */
  | { kind: 'continuation' }
  | { kind: 'header'; indent: number; name: string; comment: string }
  | PropertyPart;

interface PropertyPart {
  kind: 'property';
  indent: number;
  /** As written; AWS tools compare it in lower case. */
  key: string;
  /** The `=` with the blanks around it. */
  separator: string;
  value: string;
  /** From a `#` or `;` after a blank on; may be empty. */
  comment: string;
}

/** Either the value, or the line (from 1) that cannot be understood and why. */
export type Understood<T> = { ok: true; value: T } | { ok: false; line: number; reason: Reason<'line'> };

const utf8Bom = '\u00ef\u00bb\u00bf';

/**
 * Says what each line of a shared AWS file is, by the grammar that the SDKs share. Like the AWS CLI and the SDK for
 * JavaScript, it also accepts indented sections and properties where nothing above makes them a continuation.
 *
 * Files that AWS tools read differently are not understood, so nobody writes into them: text before the first section,
 * an unclosed or empty section name, a property without `=` or name, control characters outside comments, a carriage
 * return inside a line, UTF-16.
 */
export function parseLines(content: string): Understood<AwsFile> {
  const unreadable = whyUnreadable(content);
  if (unreadable) return unreadable;
  const bom = content.startsWith(utf8Bom) ? utf8Bom : '';
  const lines: ParsedLine[] = [];
  const refuse = (reason: Reason<'line'>) => ({ ok: false as const, line: lines.length + 1, reason });
  let inSection = false;
  let property: PropertyPart | undefined;

  for (const line of splitLines(content.slice(bom.length))) {
    const { text, ending } = line;
    const indent = indentOf(text);
    const first = text[indent];

    if (first === undefined) {
      lines.push({ text, ending, kind: 'blank' });
      continue;
    }
    if (first === '#' || first === ';') {
      lines.push({ text, ending, kind: 'comment', indent });
      continue;
    }
    const stranger = controlCharacter.exec(text)?.[0];
    if (stranger !== undefined) return refuse({ is: 'control-character', character: codePoint(stranger) });

    if (property && indent > property.indent) {
      const reason = property.value === '' ? whyNoSetting(text) : undefined;
      if (reason) return refuse(reason);
      lines.push({ text, ending, kind: 'continuation' });
      continue;
    }
    if (first === '[') {
      const header = /^\[([^\]]*)\][ \t]*([#;].*)?$/.exec(text.slice(indent));
      if (!header) {
        return refuse(text.includes(']') ? 'after-bracket' : 'no-bracket');
      }
      // Stryker disable next-line StringLiteral: what matches has a name, be it empty
      const name = trimBlanks(header[1] ?? '');
      if (name === '') return refuse('no-section-name');
      lines.push({ text, ending, kind: 'header', indent, name, comment: header[2] ?? '' });
      inSection = true;
      property = undefined;
      continue;
    }
    if (!inSection) return refuse('no-section');
    const reason = whyNoSetting(text);
    if (reason) return refuse(reason);
    const parsed: ParsedLine & PropertyPart = { text, ending, ...splitProperty(text, indent) };
    lines.push(parsed);
    property = parsed;
  }
  return { ok: true, value: { bom, lines } };
}

/** Splits at line feeds; carriage returns before one belong to the ending. */
export function splitLines(content: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < content.length; ) {
    const feed = content.indexOf('\n', start);
    const next = feed === -1 ? content.length : feed + 1;
    let end = feed === -1 ? next : feed;
    while (feed !== -1 && content[end - 1] === '\r') end--;
    lines.push({ text: content.slice(start, end), ending: content.slice(end, next) });
    start = next;
  }
  return lines;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const controlCharacter = /[\x00-\x08\x0b-\x1f\x7f]/;

function whyUnreadable(content: string): Understood<never> | undefined {
  const refuse = (index: number, reason: Reason<'line'>) => ({
    ok: false as const,
    line: content.slice(0, index).split('\n').length,
    reason,
  });
  if (/^(?:\u00ff\u00fe|\u00fe\u00ff)/.test(content)) return refuse(0, 'utf-16');
  const nul = content.indexOf('\0');
  if (nul !== -1) return refuse(nul, 'nul');
  // To Python a lone carriage return ends a line, to the other readers it is a character.
  const loneReturn = /\r(?!\r*\n)/.exec(content);
  if (loneReturn) return refuse(loneReturn.index, 'carriage-return');
  return undefined;
}

function indentOf(text: string): number {
  let indent = 0;
  while (text[indent] === ' ' || text[indent] === '\t') indent++;
  return indent;
}

function trimBlanks(text: string): string {
  let end = text.length;
  // Stryker disable next-line ConditionalExpression,EqualityOperator: no blank is before the first character
  while (end > 0 && (text[end - 1] === ' ' || text[end - 1] === '\t')) end--;
  return text.slice(Math.min(indentOf(text), end), end);
}

function whyNoSetting(text: string): Reason<'line'> | undefined {
  const equals = text.indexOf('=');
  if (equals === -1) return 'no-equals';
  if (trimBlanks(text.slice(0, equals)) === '') return 'no-key';
  return undefined;
}

function splitProperty(text: string, indent: number): PropertyPart {
  const equals = text.indexOf('=');
  const key = trimBlanks(text.slice(0, equals));
  const rest = text.slice(equals + 1);
  const start = /[ \t][#;]/.exec(rest)?.index;
  const comment = start === undefined ? '' : rest.slice(start + 1);
  const valueAndBlanks = start === undefined ? rest : rest.slice(0, start + 1);
  const value = trimBlanks(valueAndBlanks);
  // Stryker disable next-line OptionalChaining,Regex,StringLiteral: it matches every text, at its beginning first
  const blanksAfter = /^[ \t]*/.exec(valueAndBlanks)?.[0] ?? '';
  const separator = `${text.slice(indent + key.length, equals)}=${blanksAfter}`;
  return { kind: 'property', indent, key, separator, value, comment };
}

const codePoint = (character: string) =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
