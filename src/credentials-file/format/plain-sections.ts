import { botocoreDefaults } from './aws-readers.ts';

/** From its header to the next one, as indexes of bytes. */
export interface PlainSection {
  start: number;
  end: number;
}

const key = String.raw`[\w\-.]+[ \t]*=`;
const header = String.raw`\[(?!${botocoreDefaults}\])[\w\-./%@:+]+\]`;
const plainLine = String.raw`${key}|${header}\r?(?:\n|$)|[#;\n]|\r\n|$`;
const beginsPlain = new RegExp(`^(?:${plainLine})`);
const hasKey = new RegExp(`^${key}`, 'm');
/** A control character other than a tab or a line end before a plain line. DEL is checked apart: here it takes twice as long. */
const stranger = new RegExp(String.raw`[\0-\x08\n-\x1f](?<!\n(?=${plainLine})|\r(?=\n))`);

/** A line that all AWS tools read as the header of the same section. */
export const plainHeader: RegExp = new RegExp(`^${header}$`);

const del = 0x7f;
const bracket = 0x5b;

/** Up to so many names are searched one by one; for more, all headers are read once. */
const fewNames = 8;

/** Bytes decoded at a time; fits the processor's cache. */
const pieceLength = 0x10000;

/**
 * Finds the sections of `names`, and the last section of all, in a file that `isPlain`; for any other file the answer is
 * wrong. If one of `names` is last, both are the same object. `undefined` if there is no section, or a name twice.
 */
export function sectionsOf(
  bytes: Buffer,
  names: readonly string[],
): { found: Map<string, PlainSection>; last: PlainSection } | undefined {
  const found = new Map<string, PlainSection>();
  // Stryker disable next-line ConditionalExpression,EqualityOperator: both ways find the same
  const startsOf = names.length > fewNames ? allStarts(bytes) : (name: string) => firstStarts(bytes, name);
  for (const name of names) {
    const [start, again] = startsOf(name);
    if (start === undefined) continue;
    if (again !== undefined) return undefined;
    found.set(name, sectionAt(bytes, start));
  }
  const last = bytes.lastIndexOf('\n[') + 1;
  if (bytes[last] !== bracket) return undefined;
  const same = [...found.values()].find(({ start }) => start === last);
  return { found, last: same ?? sectionAt(bytes, last) };
}

const sectionAt = (bytes: Buffer, start: number): PlainSection => ({
  start,
  end: bytes.indexOf('\n[', start) + 1 || bytes.length,
});

/** The first two headers of a section. */
function firstStarts(bytes: Buffer, name: string): number[] {
  const header = `[${name}]`;
  const start = lineWith(bytes, header, 0);
  // Stryker disable next-line ConditionalExpression,UnaryOperator: what is not there once is not there twice
  const again = start === -1 ? -1 : lineWith(bytes, header, start + 1);
  return [start, again].filter((at) => at !== -1);
}

/** The headers of every section. */
function allStarts(bytes: Buffer): (name: string) => number[] {
  const starts = new Map<string, number[]>();
  let at = bytes[0] === bracket ? 0 : bytes.indexOf('\n[') + 1;
  while (bytes[at] === bracket) {
    const name = bytes.toString('latin1', at + 1, bytes.indexOf(']', at));
    const known = starts.get(name);
    if (known === undefined) starts.set(name, [at]);
    else known.push(at);
    at = bytes.indexOf('\n[', at) + 1 || bytes.length;
  }
  return (name) => starts.get(name) ?? [];
}

/** Where the first line from `from` on starts that starts with `text`; -1 if none does. */
function lineWith(bytes: Buffer, text: string, from: number): number {
  if (from === 0 && bytes.toString('latin1', 0, text.length) === text) return 0;
  return bytes.indexOf(`\n${text}`, from, 'latin1') + 1 || -1;
}

/**
 * Whether all AWS tools read every line of the file alike: nothing is indented or set for all sections, and each line is
 * empty, a comment, `[name]` alone, or below a header `key =` and anything.
 */
export function isPlain(bytes: Buffer): boolean {
  if (bytes.includes(del)) return false;
  for (let start = 0, end = 0; start < bytes.length; start = end) {
    // Stryker disable next-line StringLiteral: a piece that begins elsewhere is not plain, which is only slower
    end = bytes.indexOf('\n[', start + pieceLength) + 1 || bytes.length;
    const piece = bytes.toString('latin1', start, end);
    if (!beginsPlain.test(piece) || stranger.test(piece)) return false;
    // Stryker disable next-line ConditionalExpression: every other piece begins with a header
    if (start === 0 && hasKey.test(piece.slice(0, firstHeader(piece)))) return false;
  }
  return true;
}

const firstHeader = (text: string) => (text.startsWith('[') ? 0 : text.indexOf('\n[') + 1 || text.length);
