import { failure } from '../failure.ts';
import { failed, ok, type Result } from '../result.ts';
import { decodeXml, fromBase64, maxResponseCharacters } from './decode-response.ts';

/**
 * Finds the SAMLResponse, in base64 as STS wants it, in what identity providers' tools print: XML in any encoding,
 * base64 in any wrapping, either URL-encoded or as a form body, or an HTML page with it in a hidden field.
 */
export function findResponse(input: Uint8Array): Result<string> {
  const text = decodeXml(input);
  if (!text.ok) return text;
  const trimmed = text.value.trim();
  if (trimmed === '') return failed(failure('assertion-missing', {}));
  if (!trimmed.startsWith('<')) {
    const value = formValue(trimmed);
    return isBase64OfOther(value) ? failed(failure('assertion-not-recognised', {})) : ok(value);
  }
  const field = hiddenField(trimmed);
  if (field !== undefined) return ok(field);
  if (/^<(!doctype html|html)\b/i.test(trimmed)) return failed(failure('assertion-not-in-page'));
  return ok(toBase64(input));
}

/** Whether it is base64, as words such as `garbage` are, but of something that doesn't start like XML in any encoding. */
function isBase64OfOther(text: string): boolean {
  const binary = text.length > maxResponseCharacters ? undefined : fromBase64(text);
  return binary !== undefined && !/^[\s\0\xef\xbb\xbf\xfe\xff]*</.test(binary);
}

/** A form body, its field alone, or bare base64; only the first two are URL-encoded. */
function formValue(text: string): string {
  const named = /(?:^|&)SAMLResponse=([^&\s]*)/.exec(text)?.[1];
  const value = named ?? text;
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** The value of the input named SAMLResponse in an HTML page. */
function hiddenField(html: string): string | undefined {
  for (const [tag] of html.matchAll(/<input\b(?:[^<>"']|"[^"]*"|'[^']*')*>/gi)) {
    const attributes = attributesOf(tag);
    if (attributes.get('name') !== 'SAMLResponse') continue;
    return formValue(attributes.get('value') ?? '');
  }
  return undefined;
}

function attributesOf(tag: string): Map<string, string> {
  const found = tag.matchAll(
    /(?<![^\s"'<>/=])([^\s"'<>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>][^\s>]*))/g,
  );
  return new Map(
    // Stryker disable next-line StringLiteral: an attribute that matches has a name
    [...found].map(([, name = '', ...values]) => [name.toLowerCase(), unescapeHtml(values.join(''))]),
  );
}

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  plus: '+',
  equals: '=',
  sol: '/',
  newline: '\n',
};

/** The character references that base64 needs, and the few that HTML writers use for everything. */
function unescapeHtml(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]+));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
