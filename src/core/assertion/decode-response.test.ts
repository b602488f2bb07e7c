import { describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { decodeResponse, maxResponseCharacters } from './decode-response.ts';
import { readAssertion } from './read-assertion.ts';

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');
const utf16 = (text: string, bigEndian = false) => {
  const bytes = Buffer.from(text, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

const declaring = (encoding: string) => Buffer.from(`<?xml version="1.0" encoding="${encoding}"?><é/>`);

describe('a SAMLResponse', () => {
  it.each([
    ['UTF-8', Buffer.from('<é/>')],
    ['UTF-8 with a byte order mark', Buffer.from('\ufeff<é/>')],
    ['UTF-16 little endian with a byte order mark', utf16('\ufeff<é/>')],
    ['UTF-16 big endian with a byte order mark', utf16('\ufeff<é/>', true)],
  ])('is decoded from %s', (_, bytes) => {
    expect(decodeResponse(base64(bytes))).toEqual({ ok: true, value: '<é/>' });
  });

  it.each([false, true])('is decoded from UTF-16 that is all ASCII (big endian: %s)', (big) => {
    const xml = '<?xml version="1.0" encoding="UTF16"?><a/>';
    expect(decodeResponse(base64(utf16(xml, big)))).toEqual({ ok: true, value: xml });
  });

  it.each(['UTF16', 'UTF-16'])('is UTF-8 where its bytes cannot be the %s that it declares', (declared) => {
    const xml = `<?xml version="1.0" encoding="${declared}"?><é/>`;
    expect(decodeResponse(base64(Buffer.from(xml)))).toEqual({ ok: true, value: xml });
  });

  it.each([
    '<!-- <?xml version="1.0" encoding="ISO-8859-1"?> --><é/>',
    '<\ufeff?xml version="1.0" encoding="ISO-8859-1"?><é/>',
  ])('is not decoded by a declaration that is not at its beginning: %s', (xml) => {
    expect(decodeResponse(base64(Buffer.from(xml)))).toEqual({ ok: true, value: xml });
  });

  it('is decoded from the encoding that it declares with blanks around the equals sign', () => {
    const xml = '<?xml version="1.0" encoding \n=\t"ISO-8859-1"?><é/>';
    expect(decodeResponse(base64(Buffer.from(xml, 'latin1')))).toEqual({ ok: true, value: xml });
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
    ['two byte order marks', Buffer.from('\ufeff\ufeff<é/>'), 'it begins with two byte order marks'],
    ['two byte order marks of UTF-16', utf16('\ufeff\ufeff<é/>'), 'it begins with two byte order marks'],
    ['US-ASCII that is none', declaring('US-ASCII'), 'its bytes are not US-ASCII'],
    ['an encoding that readers read differently', declaring('Shift_JIS'), 'its encoding is Shift_JIS'],
    [
      'a byte order mark of UTF-8 before another encoding',
      Buffer.concat([Buffer.from('\ufeff'), declaring('Shift_JIS')]),
      'its encoding is Shift_JIS',
    ],
    ['an encoding that ends as one that is known', declaring('x-utf-16'), 'its encoding is x-utf-16'],
    [
      'UTF-16 that declares another encoding',
      utf16(`\ufeff${declaring('UTF-7')}`),
      'its bytes are not UTF-7',
    ],
    [
      'UTF-16 that declares what ends as it',
      utf16(`\ufeff${declaring('x-utf-16')}`),
      'its bytes are not x-utf-16',
    ],
    ['bytes that are not of its encoding', Uint8Array.of(0x3c, 0xff, 0x3e), 'its bytes are not utf-8'],
  ])('is not guessed at from %s', (_, bytes, reason) => {
    expect(decodeResponse(base64(bytes))).toMatchObject({
      failure: saying('assertion-not-xml', reason),
    });
  });

  it('is not guessed at from UTF-16 that neither a byte order mark nor a declaration tells', () => {
    const decoded = decodeResponse(base64(utf16('<é/>')));
    const refused = decoded.ok ? readAssertion(decoded.value) : decoded;
    expect(refused).toMatchObject({ ok: false, failure: { code: 'assertion-not-xml' } });
  });

  it('is refused at once when padding fills its beginning', () => {
    // Searching for the end of the padding takes half a minute for each of these: the test would time out.
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

  it.each(['PGEvPg=', 'PGEvPg===', 'PGEv\u00a0\u00a0Pg', 'PGEv\u00a0Pg=='])(
    'may have too much or too little padding, and blanks that no base64 has: %j',
    (text) => {
      expect(decodeResponse(text)).toEqual({ ok: true, value: '<a/>' });
    },
  );

  it.each(['', '   ', 'A\u00a0', 'no base64!', '<xml/>', 'A', '=', 'QUJD=QUJD'])(
    'is refused when it is %j',
    (text) => {
      expect(decodeResponse(text)).toMatchObject({ ok: false, failure: { code: 'assertion-not-base64' } });
    },
  );

  it('is refused above the size that AWS takes', () => {
    const text = 'A'.repeat(maxResponseCharacters + 1);
    expect(decodeResponse(text)).toMatchObject({
      failure: saying('assertion-too-large', '100001'),
    });
  });
});
