import { failure } from '../failure.ts';
import type { Reason } from '../failure-reasons.ts';
import { failed, ok, type Result } from '../result.ts';

/** STS API reference, AssumeRoleWithSAML: SAMLAssertion has 4 to 100,000 characters. */
export const maxResponseCharacters = 100_000;

/**
 * The XML text in a posted SAMLResponse: base64, with or without line breaks and padding. The XML's encoding is
 * detected as in XML 1.0, appendix F: byte order mark, then declaration.
 */
export function decodeResponse(response: string): Result<string> {
  if (response.length > maxResponseCharacters) {
    return failed(failure('assertion-too-large', { characters: response.length }));
  }
  const binary = fromBase64(response);
  if (!binary) return failed(failure('assertion-not-base64'));
  // Most responses are ASCII. Then their bytes are their text, unless a declaration says otherwise.
  // Stryker disable next-line ConditionalExpression: only the quicker way to the same
  return isAscii(binary) && everyReaderKnows.test(encodingIn(binary))
    ? ok(binary)
    : decodeXml(bytesOf(binary));
}

/** One character for each byte; `undefined` if it is not base64. */
export function fromBase64(text: string): string | undefined {
  try {
    return atob(text);
  } catch {
    // Refuses spaces outside ASCII and a wrong number of `=`. Matched from the start: searching for `=+$` takes
    // minutes if there are many elsewhere.
    const packed = /^([A-Za-z0-9+/]+)=*$/.exec(text.replace(/\s/g, ''))?.[1];
    return packed === undefined || packed.length % 4 === 1 ? undefined : atob(packed);
  }
}

/**
 * Removes the NULs of UTF-16. This is the fastest way to look at all characters; others take as long as `atob` or
 * longer.
 */
// Stryker disable BlockStatement,ConditionalExpression,StringLiteral: whoever takes ASCII for something else is only slower
function isAscii(binary: string): boolean {
  const { length } = binary;
  return (
    new TextEncoder().encodeInto(binary, new Uint8Array(length)).read === length && !binary.includes('\0')
  );
}
// Stryker restore BlockStatement,ConditionalExpression,StringLiteral

function bytesOf(binary: string): Uint8Array {
  // Uint8Array.from with a function takes ten times as long as everything else in reading an assertion.
  const bytes = new Uint8Array(binary.length);
  // Stryker disable next-line EqualityOperator: there is no place for a byte behind the last
  for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

/** UTF-16 is recognised by its bytes. XML readers know different other encodings, and read some of them differently. */
const everyReaderKnows = /^(utf-?8|us-ascii|iso-8859-1)$/i;

/**
 * Decodes an XML document's bytes by its byte order mark or declaration, or as UTF-8 without either. If the two
 * contradict each other, readers differ, so the document is refused.
 */
export function decodeXml(bytes: Uint8Array): Result<string> {
  const encoding = encodingOf(bytes);
  try {
    if (!encoding.startsWith('utf-16') && !everyReaderKnows.test(encoding))
      return notDecoded({ is: 'encoding', encoding });
    const xml = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    const declared = encoding.startsWith('utf-16') ? declaredEncoding(xml) : undefined;
    if (declared !== undefined && !/^utf-?(8|16)/i.test(declared))
      return notDecoded({ is: 'other-encoding', encoding: declared });
    // TextDecoder takes US-ASCII for windows-1252.
    if (/ascii/i.test(encoding) && bytes.some((byte) => byte > 0x7f))
      return notDecoded({ is: 'other-encoding', encoding });
    // TextDecoder skips one, and the XML parser would skip the second.
    if (xml.startsWith('\ufeff')) return notDecoded('two-marks');
    return ok(xml);
  } catch {
    return notDecoded({ is: 'other-encoding', encoding });
  }
}

const notDecoded = (reason: Reason<'xml'>) => failed(failure('assertion-not-xml', { reason }));

function encodingOf(bytes: Uint8Array): string {
  const begins = (...marks: number[]) => marks.every((mark, at) => mark === bytes[at]);
  // UTF-16 without a byte order mark must start with a declaration, or other readers don't recognise it.
  if (begins(0xff, 0xfe) || begins(0x3c, 0, 0x3f, 0)) return 'utf-16le';
  if (begins(0xfe, 0xff) || begins(0, 0x3c, 0, 0x3f)) return 'utf-16be';
  // Up to its very end: a declaration may be long, and other readers obey what follows the spaces.
  // Stryker disable next-line ArithmeticOperator: what a declaration says ends before its `?>`
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, bytes.indexOf(0x3e) + 1));
  return encodingIn(head.replace(/^\xef\xbb\xbf/, ''));
}

function encodingIn(head: string): string {
  const declared = declaredEncoding(head);
  // Bytes that can be read as ASCII cannot be UTF-16, whatever the declaration says.
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}

const declaredEncoding = (xml: string): string | undefined =>
  /^<\?xml\s[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]{0,40})/.exec(xml)?.[1];
