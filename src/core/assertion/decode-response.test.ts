import { describe, expect, it } from 'vitest';
import { decodeResponse, maxResponseCharacters } from './decode-response.ts';
import { readAssertion } from './read-assertion.ts';

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

  it.each([false, true])(
    'is decoded from UTF-16 without a byte order mark when it is declared (big endian: %s)',
    (big) => {
      const xml = '<?xml version="1.0" encoding="UTF-16"?><é/>';
      expect(decodeResponse(base64(utf16(xml, big)))).toEqual({ ok: true, value: xml });
    },
  );

  it('is decoded from the encoding that it declares behind thousands of blanks', () => {
    const xml = `<?xml version="1.0"${' '.repeat(5_000)}encoding="ISO-8859-1"?><é/>`;
    expect(decodeResponse(base64(Buffer.from(xml, 'latin1')))).toEqual({ ok: true, value: xml });
  });

  it.each([
    ['UTF-16 that neither a byte order mark nor a declaration tells', utf16('<é/>')],
    ['two byte order marks', Buffer.from('\ufeff\ufeff<é/>')],
    ['two byte order marks of UTF-16', utf16('\ufeff\ufeff<é/>')],
    ['US-ASCII that is none', Buffer.from('<?xml version="1.0" encoding="US-ASCII"?><a>é</a>')],
    [
      'an encoding that readers read differently',
      Buffer.from('<?xml version="1.0" encoding="Shift_JIS"?><a/>'),
    ],
    ['UTF-16 that declares another encoding', utf16('\ufeff<?xml version="1.0" encoding="UTF-7"?><é/>')],
  ])('is not guessed at from %s', (_, bytes) => {
    const decoded = decodeResponse(base64(bytes));
    const refused = decoded.ok ? readAssertion(decoded.value) : decoded;
    expect(refused).toMatchObject({ ok: false, failure: { code: 'assertion-not-xml' } });
  });

  it('is refused at once when padding fills its beginning', () => {
    // A search for the end of the padding takes half a minute for each: the test would time out.
    for (let end = 0; end < 10; end++) {
      const text = `${'='.repeat(maxResponseCharacters - 1)}${end}`;
      expect(decodeResponse(text)).toMatchObject({ ok: false, failure: { code: 'assertion-not-base64' } });
    }
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
