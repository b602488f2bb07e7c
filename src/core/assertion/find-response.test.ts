import { describe, expect, it } from 'vitest';
import { admin, offering, provider } from '../../../test/fixtures/response-xml.ts';
import { saying } from '../../../test/fixtures/said.ts';
import { decodeResponse, maxResponseCharacters } from './decode-response.ts';
import { findResponse } from './find-response.ts';

const xml = `${offering(`${admin},${provider}`)}\n`;
const base64 = Buffer.from(xml).toString('base64');
const page = (input: string) =>
  `<!DOCTYPE html><html><body><form method="POST">${input}</form></body></html>`;
const references = base64.replaceAll('=', '&#x3d;').replaceAll('+', '&#43;');

const byName = base64.replaceAll('=', '&equals;').replaceAll('+', '&Plus;').replaceAll('/', '&sol;');

function xmlIn(input: string | Uint8Array) {
  const found = findResponse(typeof input === 'string' ? Buffer.from(input) : input);
  if (!found.ok) return found.failure.code;
  const decoded = decodeResponse(found.value);
  return decoded.ok ? decoded.value : decoded.failure.code;
}

describe('a SAMLResponse on stdin', () => {
  it.each([
    ['XML', xml],
    ['XML with a byte order mark', `\ufeff${xml}`],
    ['base64', base64],
    ['XML that speaks of HTML', xml.replace(/>\n$/, '><!-- <html> -->\n')],
    ['US-ASCII', `<?xml version="1.0" encoding="US-ASCII"?><!--\u007f-->${xml}`],
    ['base64 of XML behind blanks', Buffer.from(`\n ${xml}`).toString('base64')],
    ['base64 with a line break behind it', `${base64}\n`],
    ['base64 in lines of 76', base64.replace(/.{76}/g, '$&\r\n')],
    ['base64 without padding', base64.replace(/=+$/, '')],
    ['URL-encoded base64', encodeURIComponent(base64)],
    ['a form body that begins with it', `SAMLResponse=${encodeURIComponent(base64)}&RelayState=x`],
    ['a form body', `RelayState=x&SAMLResponse=${encodeURIComponent(base64)}&x=y`],
    ['an HTML page', page(`<input type="hidden" name="SAMLResponse" value="${base64}"/>`)],
    ['an HTML page in other letters', page(`<INPUT VALUE='${base64}' NAME='SAMLResponse' TYPE=hidden>`)],
    ['an HTML page with references', page(`<input name="SAMLResponse" value="${references}">`)],
    ['an HTML page with references by name', page(`<input name="SAMLResponse" value="${byName}">`)],
    ['an HTML page without quotes', page(`<input name=SAMLResponse value=${base64.replace(/=+$/, '')}>`)],
    [
      'an HTML page with other fields before it',
      page(`<input name="a" value="b>c"><input name="SAMLResponse" value="${base64}">`),
    ],
  ])('is found in %s', (_, input) => {
    expect(xmlIn(input)).toContain(xml.trimEnd().slice(0, -1));
  });

  it.each(['', '=', '=='])(
    'is taken whole from an HTML page without quotes, with the padding %j',
    (padding) => {
      const whole = ['', '=', '=='].map((_, blanks) => btoa(xml + ' '.repeat(blanks)));
      const value = whole.find((each) => /=*$/.exec(each)?.[0] === padding);
      const input = Buffer.from(page(`<input type=hidden name=SAMLResponse value=${value}>`));
      expect(findResponse(input)).toEqual({ ok: true, value });
    },
  );

  it('is found in XML of another encoding', () => {
    const declared = `<?xml version="1.0" encoding="UTF-16"?>${xml}`;
    expect(xmlIn(Buffer.from(`\ufeff${declared}`, 'utf16le'))).toBe(declared);
  });

  it.each([
    ['nothing', '', 'assertion-missing'],
    ['blanks', ' \n ', 'assertion-missing'],
    ['a page without it', page('<input name="user">'), 'assertion-not-in-page'],
    ['something else', 'Error: wrong password', 'assertion-not-base64'],
    ['a word', 'garbage', 'assertion-not-recognised'],
    ['two words', 'hello world\n', 'assertion-not-recognised'],
    ['base64 of words with a bracket', btoa('a < b'), 'assertion-not-recognised'],
    ['broken URL-encoding', 'abc%zz', 'assertion-not-base64'],
    ['bytes of no encoding', Uint8Array.of(0x3c, 0xff), 'assertion-not-xml'],
    ['the longest text that AWS takes', 'A'.repeat(maxResponseCharacters), 'assertion-not-recognised'],
    ['a longer text', 'A'.repeat(maxResponseCharacters + 4), 'assertion-too-large'],
    ['a field without a value', page('<input name="SAMLResponse">'), 'assertion-not-base64'],
  ])('is missed in %s, and that is said', (_, input, code) => {
    expect(xmlIn(input)).toBe(code);
  });

  it('is nothing in a field without a value', () => {
    const found = findResponse(Buffer.from(page('<input name="SAMLResponse">')));
    expect(found).toEqual({ ok: true, value: '' });
  });

  it('says of what is neither XML nor base64 of XML that it is', () => {
    expect(findResponse(Buffer.from('garbage'))).toMatchObject({
      failure: saying('assertion-not-recognised', 'it is neither XML nor XML in base64'),
    });
  });

  it.each([
    ['&#x10ffff;', '\u{10ffff}'],
    ['&#x110000;', '&#x110000;'],
    ['&#1114112;', '&#1114112;'],
    ['&nonsense;', '&nonsense;'],
    ['&amp;lt;', '&lt;'],
  ])('in a page has the reference %s taken for %s', (reference, value) => {
    const found = findResponse(Buffer.from(page(`<input name="SAMLResponse" value="${reference}">`)));
    expect(found).toEqual({ ok: true, value });
  });

  // So long that a pattern which rescans it from every position takes minutes: the test would time out.
  it.each([
    ['tags that never end', `<html>${'<input '.repeat(150_000)}`, 'assertion-not-in-page'],
    ['attributes without a value', page(`<input ${'a'.repeat(300_000)}>`), 'assertion-not-in-page'],
    ['blanks in a tag', page(`<input name="SAMLResponse" x${' '.repeat(300_000)}>`), 'assertion-not-base64'],
  ])('is looked for in good time in a page of %s', (_, input, code) => {
    expect(xmlIn(input)).toBe(code);
  });
});
