import { inflate, mutate } from './mutations.ts';
import { Random } from './random.ts';
import { soundResponses } from './sound-responses.ts';

/** A SAMLResponse as it may be posted, most often not a sound one. */
export interface HostileResponse {
  /** What is posted: base64, or nearly. */
  posted: string;
  /** The bytes that this stands for, as far as it is base64. */
  bytes: Buffer;
}

/** The response number `index` of those that `seed` stands for. */
export function hostileResponse(seed: number, index: number): HostileResponse {
  const random = new Random(seed, index);
  let xml = random.pick(soundResponses);
  for (let rounds = random.pick([0, 1, 1, 1, 2, 2, 3, 4]); rounds > 0; rounds -= 1) xml = mutate(xml, random);
  if (random.chance(0.005)) xml = inflate(xml, random);
  const bytes = damage(encode(xml, random), random);
  const posted = post(bytes, random);
  return { posted, bytes: Buffer.from(posted, 'base64') };
}

const encodings = [
  'UTF-8',
  'utf8',
  'UTF-16',
  'UTF-16LE',
  'ISO-8859-1',
  'US-ASCII',
  'windows-1252',
  'ISO-8859-15',
  'KOI8-R',
  'Shift_JIS',
  'ISO-2022-JP',
  'GBK',
  'UTF-7',
  'UTF-32',
  'EBCDIC-CP-US',
  'x-user-defined',
  'replacement',
  'klingon',
];

const declare = (xml: string, encoding: string, padding = '') =>
  `<?xml version="1.0"${padding} encoding="${encoding}"?>${xml.replace(/^<\?xml[^>]*>/, '')}`;

const bigEndian = (bytes: Buffer) => bytes.subarray(0, bytes.length & ~1).swap16();

function encode(xml: string, random: Random): Buffer {
  if (random.chance(0.75)) return Buffer.from(xml);
  const utf16 = (text: string) => Buffer.from(text, 'utf16le');
  return random.pick([
    () => Buffer.from(`\ufeff${xml}`),
    () => utf16(`\ufeff${xml}`),
    () => bigEndian(utf16(`\ufeff${xml}`)),
    () => utf16(xml),
    () => bigEndian(utf16(xml)),
    () => utf16(declare(xml, 'UTF-16')),
    () => utf16(`\ufeff${declare(xml, random.pick(encodings))}`),
    () => Buffer.from(declare(xml, 'ISO-8859-1'), 'latin1'),
    () => Buffer.from(xml, 'latin1'),
    () => Buffer.from(declare(xml, random.pick(encodings))),
    () => Buffer.from(declare(xml, random.pick(encodings)), 'latin1'),
    () => Buffer.from(`\ufeff${declare(xml, random.pick(encodings))}`),
    () => Buffer.from(declare(xml, random.pick(encodings), ' '.repeat(random.pick([150, 200, 5_000])))),
    () =>
      Buffer.concat([
        Buffer.of(0xff, 0xfe, 0, 0),
        Buffer.from(Array.from(xml, (c) => [c.codePointAt(0) ?? 0, 0, 0, 0]).flat()),
      ]),
  ])();
}

function damage(bytes: Buffer, random: Random): Buffer {
  if (random.chance(0.93) || bytes.length === 0) return bytes;
  const at = random.below(bytes.length);
  const scrap = random.pick([
    [0],
    [0x80],
    [0xff],
    [0xc0, 0x80],
    [0xed, 0xa0, 0x80],
    [0xf8, 0x88, 0x80, 0x80, 0x80],
    [0xef, 0xbb, 0xbf],
    [0x1b, 0x24, 0x42],
    [0xff, 0xfe],
  ]);
  return random.pick([
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from(scrap), bytes.subarray(at)]),
    () => Buffer.concat([bytes.subarray(0, at), Buffer.from(scrap), bytes.subarray(at + scrap.length)]),
    () => Buffer.concat([Buffer.from(scrap), bytes]),
    () => bytes.subarray(0, at),
    () => bytes.subarray(1),
    () => Buffer.alloc(0),
  ])();
}

function post(bytes: Buffer, random: Random): string {
  const base64 = bytes.toString('base64');
  if (random.chance(0.85)) return base64;
  const at = random.below(base64.length + 1);
  return random.pick([
    () => base64.replace(/.{76}/g, '$&\r\n'),
    () => base64.replace(/.{64}/g, '$&\n'),
    () => ` \t${base64}\n`,
    () => base64.replace(/=+$/, ''),
    () => `${base64}==`,
    () => base64.replace(/\+/g, '-').replace(/\//g, '_'),
    () => encodeURIComponent(base64),
    () =>
      base64.slice(0, at) +
      random.pick(['=', ' ', '\u00a0', '\u0000', '-', '%3D', 'é', '\ud800', 'A']) +
      base64.slice(at),
    () =>
      base64.slice(0, at) +
      '='.repeat(random.pick([3, 3_000, Math.max(0, 100_000 - base64.length)])) +
      base64.slice(at),
    () => base64 + ' '.repeat(random.pick([3, 3_000, Math.max(0, 100_000 - base64.length)])),
    () => base64.slice(0, at),
  ])();
}
