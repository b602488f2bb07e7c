import { offering } from '../fixtures/response-xml.ts';
import { Random } from './random.ts';

const base64 = Buffer.from(offering('x')).toString('base64');

const pieces = [
  '<!DOCTYPE html>',
  '<html>',
  '<input',
  '<INPUT ',
  '<input name="SAMLResponse" value="',
  "<input value='",
  ' name=SAMLResponse',
  ' name="SAMLResponse"',
  ' value=',
  ' value="',
  ` value="${base64}"`,
  'SAMLResponse=',
  '&SAMLResponse=',
  base64,
  encodeURIComponent(base64),
  '"',
  "'",
  '>',
  '/>',
  '<',
  '=',
  ' ',
  '\n',
  '\u0000',
  '\ufeff',
  '%',
  '%3D',
  '%zz',
  '%ff',
  '&',
  '&amp;',
  '&#x3d;',
  '&#61;',
  '&#1114112;',
  '&#xd800;',
  '&constructor;',
  '&__proto__;',
  'é',
  'a',
];

/** Page number `index` of those that `seed` stands for: pieces of what findResponse looks for, in any order. */
export function hostilePage(seed: number, index: number): Buffer {
  const random = new Random(seed, index);
  let page = Array.from({ length: random.below(12) }, () => random.pick(pieces)).join('');
  if (random.chance(0.1)) {
    const repeated = Array.from({ length: 1 + random.below(3) }, () => random.pick(pieces)).join('');
    const end = random.pick(pieces);
    page += repeated.repeat(Math.floor(100_000 / repeated.length)) + end;
  }
  return Buffer.from(page, random.chance(0.05) ? 'utf16le' : 'utf8');
}
