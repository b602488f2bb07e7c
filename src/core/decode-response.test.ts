import { describe, expect, it } from 'vitest';
import { decodeResponse, maxResponseCharacters } from './decode-response.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

describe('a SAMLResponse', () => {
  it.each([
    ['UTF-8', Buffer.from('<é/>')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff<é/>')],
    ['UTF-16 little endian with a byte order mark', utf16('\ufeff<é/>')],
    ['UTF-16 big endian with a byte order mark', utf16('\ufeff<é/>', true)],
  ])('is decoded from %s', (_, bytes) => {
    expect(decodeResponse(base64(bytes))).toEqual({ ok: true, value: '<é/>' });
  });

  it('is decoded from the encoding that it declares', () => {
    const xml = '<?xml version="1.0" encoding="ISO-8859-1"?><é/>';
    expect(decodeResponse(base64(Buffer.from(xml, 'latin1')))).toEqual({ ok: true, value: xml });
  });

  it('may have line breaks, and may lack its padding', () => {
    const text = base64(Buffer.from('<long-enough-to-be-wrapped/>!'));
    const wrapped = text.replace(/(.{10})/g, '$1\r\n').replace(/=+$/, '');
    expect(decodeResponse(wrapped)).toEqual({ ok: true, value: '<long-enough-to-be-wrapped/>!' });
  });

  it.each(['', '   ', 'no base64!', '<xml/>', 'A', '=', 'QUJD=QUJD'])('is refused when it is %j', (text) => {
    expect(decodeResponse(text)).toMatchObject({ ok: false, failure: { code: 'assertion-not-base64' } });
  });

  it('is refused above the size that AWS takes', () => {
    const text = 'A'.repeat(maxResponseCharacters + 1);
    expect(decodeResponse(text)).toMatchObject({ ok: false, failure: { code: 'assertion-too-large' } });
  });

  it('is refused when its bytes are not of its encoding', () => {
    expect(decodeResponse(base64(Uint8Array.of(0x3c, 0xff, 0x3e)))).toMatchObject({
      ok: false,
      failure: { code: 'assertion-not-xml' },
    });
    const unknown = '<?xml version="1.0" encoding="klingon"?><a/>';
    expect(decodeResponse(base64(Buffer.from(unknown)))).toMatchObject({
      ok: false,
      failure: { code: 'assertion-not-xml' },
    });
  });
});
