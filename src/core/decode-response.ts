import { failure } from './failure.ts';
import { failed, ok, type Result } from './result.ts';

/** STS API reference, AssumeRoleWithSAML: SAMLAssertion has 4 to 100,000 characters. */
export const maxResponseCharacters = 100_000;

/**
 * The XML text in a SAMLResponse as it is posted: base64, with or without line breaks and padding.
 * The encoding of the XML is found as XML 1.0, appendix F tells: byte order mark, then declaration.
 */
export function decodeResponse(response: string): Result<string> {
  if (response.length > maxResponseCharacters) {
    return failed(failure('assertion-too-large', { characters: response.length }));
  }
  const bytes = fromBase64(response);
  if (bytes === undefined) return failed(failure('assertion-not-base64'));
  return decodeXml(bytes);
}

function fromBase64(text: string): Uint8Array | undefined {
  const packed = text.replace(/\s+/g, '').replace(/=+$/, '');
  if (packed === '' || packed.length % 4 === 1 || !/^[A-Za-z0-9+/]+$/.test(packed)) return undefined;
  return Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
}

/** Decodes the bytes of an XML document by its byte order mark or declaration; UTF-8 when neither tells. */
export function decodeXml(bytes: Uint8Array): Result<string> {
  const encoding = encodingOf(bytes);
  try {
    return ok(new TextDecoder(encoding, { fatal: true }).decode(bytes));
  } catch {
    return failed(failure('assertion-not-xml', { reason: `its bytes are not ${encoding}` }));
  }
}

function encodingOf(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  const head = String.fromCharCode(...bytes.subarray(0, 200));
  const declared = /^(?:\xef\xbb\xbf)?<\?xml[^>]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/.exec(head)?.[1];
  // Bytes that could be read as ASCII cannot be UTF-16, whatever the declaration says.
  return declared === undefined || /^utf-?16/i.test(declared) ? 'utf-8' : declared;
}
