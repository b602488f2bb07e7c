import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** A secret, under a name that a failed test may print. */
export interface Secret {
  name: string;
  value: string;
}

/** Where one of the secrets was found: a file, relative to the folder that was searched. */
interface Trace {
  secret: string;
  file: string;
}

/** A key's random characters do not come twice by chance: this many of them are enough to tell. */
const tellingLength = 20;

/**
 * Pieces of a secret rather than the whole, since stores cut and pack what they keep: random characters are stored as
 * they are even where a store packs the rest.
 */
function piecesOf(value: string): string[] {
  const last = value.length - tellingLength;
  const starts = [0.1, 0.5, 0.9].map((part) => Math.round(last * part));
  return [...new Set(starts)].map((start) => value.slice(start, start + tellingLength));
}

/** The forms that a text may have in a file: plain, URL-encoded, as a form, UTF-16, base64, JSON. */
function formsOf(piece: string): Buffer[] {
  const encoded = encodeURIComponent(piece);
  const texts = [
    piece,
    encoded,
    encoded.replaceAll(/%../g, (code) => code.toLowerCase()),
    piece.replaceAll('/', '\\/'),
    piece.replaceAll('+', ' '),
    ...insideBase64(piece),
  ];
  return [...new Set(texts)].flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')]);
}

/** How `text` looks inside of something longer that is base64: by where it begins in the threes of its bytes. */
function insideBase64(text: string): string[] {
  return [0, 1, 2].map((before) => {
    const whole = Buffer.from(' '.repeat(before) + text).toString('base64');
    // The first and last groups hold bits of what is around.
    return whole.slice(before === 0 ? 0 : 4, -4);
  });
}

/** Whether `bytes` hold the secret, whole or in part, in any of the forms in which such things are kept. */
const searchFor = ({ value }: Secret): ((bytes: Buffer) => boolean) => {
  const forms = piecesOf(value).flatMap(formsOf);
  return (bytes) => forms.some((form) => bytes.includes(form));
};

/** Names of the secrets that are in a text. */
export const secretsIn = (text: string, secrets: readonly Secret[]): string[] =>
  secrets.filter((secret) => searchFor(secret)(Buffer.from(text))).map(({ name }) => name);

/** Every file below `folder`, hidden ones too, that has any of the secrets in its bytes or its path. Links are not followed. */
export async function tracesIn(folder: string, secrets: readonly Secret[]): Promise<Trace[]> {
  const searches = secrets.map((secret) => ({ name: secret.name, isIn: searchFor(secret) }));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const traces: Trace[] = [];
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    const file = relative(folder, path);
    const bytes = Buffer.concat([Buffer.from(file), await readFile(path)]);
    for (const { name, isIn } of searches) if (isIn(bytes)) traces.push({ secret: name, file });
  }
  return traces;
}
