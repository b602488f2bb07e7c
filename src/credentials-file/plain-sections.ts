import { botocoreDefaults } from './aws-readers.ts';

/** From its header to the next one, as indexes of bytes. */
export interface PlainSection {
  start: number;
  end: number;
}

const key = String.raw`[\w\-.]+[ \t]*=`;
const plainLine = String.raw`${key}|\[[\w\-./%@:+]+\]\r?(?:\n|$)|[#;\n]|\r\n|$`;
const beginsPlain = new RegExp(`^(?:${plainLine})`);
const hasKey = new RegExp(`^${key}`, 'm');
/** A control character that is neither a tab nor the end of a line before a plain one; with DEL it takes twice as long. */
const stranger = new RegExp(String.raw`[\0-\x08\n-\x1f](?<!\n(?=${plainLine})|\r(?=\n))`);

const del = 0x7f;

/** Of how many bytes a string is made at a time: few enough for the processor's cache. */
const pieceLength = 0x10000;

/**
 * Finds the sections of the `wanted` names in a plain file, and the last of all. Plain is a file in which nothing is
 * indented and each line is empty, a comment, `[name]` and nothing else, or `key =` and anything: all AWS tools take
 * these lines for the same, and none of them for a part of the line above.
 *
 * `undefined` when the file is not plain, has no section, has settings for all sections, or a wanted one twice.
 */
export function plainSections(
  bytes: Buffer,
  wanted: ReadonlyMap<string, unknown>,
): { found: Map<string, PlainSection>; last: PlainSection } | undefined {
  if (bytes.includes(del)) return undefined;
  const found = new Map<string, PlainSection>();
  let last: PlainSection | undefined;
  for (let start = 0, end = 0; start < bytes.length; start = end) {
    end = bytes.indexOf('\n[', start + pieceLength) + 1 || bytes.length;
    const piece = bytes.toString('latin1', start, end);
    if (!beginsPlain.test(piece) || stranger.test(piece)) return undefined;
    let header = piece.startsWith('[') ? 0 : piece.indexOf('\n[') + 1;
    if (piece[header] !== '[' || hasKey.test(piece.slice(0, header))) return undefined;
    do {
      const name = piece.slice(header + 1, piece.indexOf(']', header));
      if (name === botocoreDefaults || found.has(name)) return undefined;
      if (last) last.end = start + header;
      last = { start: start + header, end: bytes.length };
      if (wanted.has(name)) found.set(name, last);
      header = piece.indexOf('\n[', header) + 1;
    } while (header > 0);
  }
  return last && { found, last };
}
