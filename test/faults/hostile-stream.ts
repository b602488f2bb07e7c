import type { Seeded } from './seeded.ts';

/**
 * What every secret in these streams consists of, repeated: finding it in an answer means finding a secret or part of
 * one. No profile name, ARN or region can contain it.
 */
export const secretMark = 'Ps/3cr=t+';

/** A new secret, of characters that the protocol lets through. */
export function newSecret(random: Seeded): string {
  const part = random.below(2 ** 32).toString(36);
  return `${secretMark}${part}${secretMark}${part}${secretMark}`;
}

const maxBytes = 1024 * 1024;

interface StreamWish {
  /** How many frames, more or less: what some of them do to those behind them is chance. */
  frames: number;
  /** Which bodies may be in it as whole frames. */
  allow?: (body: Buffer) => boolean;
  /** Whether a few of the frames are as large as a message can be, or larger. */
  large?: boolean;
}

/** The bytes of one connection: requests, mutated ones and noise, with lengths that are mostly right. */
export function hostileStream(
  random: Seeded,
  { frames, allow = () => true, large = false }: StreamWish,
): Buffer {
  const parts: Buffer[] = [];
  const next = () => {
    const body = random.chance(0.03)
      ? Buffer.from(JSON.stringify(plainRequest(random)))
      : hostileBody(random);
    return allow(body) ? body : hostileNoise(random);
  };
  while (parts.length < frames) {
    const body = next();
    const lie = random.next();
    if (lie < 0.02) parts.push(framed(body, body.length + 4), Buffer.alloc(4));
    else if (lie < 0.04) {
      const swallowed = framed(next());
      parts.push(framed(body, body.length + swallowed.length), swallowed);
    } else if (lie < 0.07) {
      const cut = random.below(body.length);
      parts.push(framed(body.subarray(0, cut)), framed(body.subarray(cut)));
    } else if (lie < 0.08) parts.push(framed(Buffer.alloc(0)));
    else parts.push(framed(body));
  }
  if (large) {
    for (const size of [maxBytes - 1, maxBytes, maxBytes + 1, maxBytes + 5000]) {
      const write = padded(writeRequest(random), size);
      const body = size > maxBytes || allow(write) ? write : padded(hello(random), size);
      parts.splice(random.below(parts.length), 0, framed(body));
    }
  }
  return Buffer.concat([...parts, ...lastWords(random)]);
}

/** JSON made longer with blanks, which mean nothing in it. */
function padded(message: Message, size: number): Buffer {
  const body = Buffer.alloc(size, ' ');
  body.write(JSON.stringify(message));
  return body;
}

/** A frame, or one that says `length` whatever it has; a negative length is what it is in two's complement. */
function framed(body: Buffer, length = body.length): Buffer {
  const header = Buffer.alloc(4);
  header.writeInt32LE(length | 0);
  return Buffer.concat([header, body]);
}

/** An end after which nothing can be understood: cut off, or with a false length. */
function lastWords(random: Seeded): Buffer[] {
  const body = Buffer.from(JSON.stringify(writeRequest(random)));
  const whole = framed(body);
  switch (random.below(6)) {
    case 0:
      return [whole.subarray(0, 1 + random.below(whole.length - 1))];
    case 1:
      return [framed(body, random.pick([-1, -body.length, -(2 ** 31), -4])), whole];
    case 2:
      return [framed(body, random.pick([2 ** 30, 2 ** 31 - 1, maxBytes + 1 + random.below(1e6)])), whole];
    case 3:
      return [framed(body, random.below(body.length)), whole, whole];
    case 4:
      return [random.bytes(1 + random.below(200)), whole];
    default:
      return [];
  }
}

/** Cuts bytes at random places: all in one, in large pieces, in small ones, or into single bytes. */
export function* cutAnywhere(random: Seeded, bytes: Buffer): Generator<Buffer> {
  const longest = random.pick([bytes.length, 200_000, 65_536, 10_000, 1_000, 100, 1]);
  // Single bytes and small pieces for a while only: the rest of a long stream would take its time.
  let small = 20_000;
  for (let at = 0; at < bytes.length; ) {
    const piece = 1 + random.below(small > 0 ? longest : Math.max(longest, 65_536));
    yield bytes.subarray(at, at + piece);
    at += piece;
    small -= piece;
  }
}

const names = [
  'default',
  'dev',
  'prod',
  'Dev',
  'team/x:y',
  'user@example.org',
  'a.b',
  '100%',
  '+',
  '-',
  '_',
  'constructor',
  'toString',
  'profile.dev',
  'n'.repeat(128),
  'long-lived',
  'role',
  'notes',
  'shadowed',
  'kept',
  'DEFAULT',
];

type Message = Record<string, unknown>;

const idOf = (random: Seeded) => random.below(2 ** 32).toString(36);

function plainRequest(random: Seeded): Message {
  if (random.chance(0.5)) return writeRequest(random);
  return { version: 1, id: idOf(random), type: random.pick(['hello', 'list-profiles']) };
}

const hello = (random: Seeded): Message => ({ version: 1, id: idOf(random), type: 'hello' });

function writeRequest(random: Seeded): Message {
  const count = random.chance(0.02) ? 30 : 1 + random.below(3);
  const profiles = Array.from({ length: count }, () => profileOf(random));
  return { version: 1, id: idOf(random), type: 'write-profiles', profiles };
}

function profileOf(random: Seeded): Message {
  return {
    name: random.pick(names),
    credentials: {
      accessKeyId: `ASIA${random
        .below(2 ** 32)
        .toString(36)
        .toUpperCase()
        .padStart(16, '0')}`,
      secretAccessKey: newSecret(random),
      sessionToken: newSecret(random),
      expiration: random.pick(['2030-01-01T00:00:00Z', '2031-12-31T23:59:59.999Z']),
    },
    principalArn: `arn:aws:sts::123456789012:assumed-role/R/${idOf(random)}`,
    ...(random.chance(0.2) && { region: random.pick(['eu-central-1', 'us-gov-west-1']) }),
    ...(random.chance(0.2) && { replace: random.chance(0.3) }),
  };
}

function hostileBody(random: Seeded): Buffer {
  if (random.chance(0.15)) return hostileNoise(random);
  const message = random.chance(0.8) ? writeRequest(random) : plainRequest(random);
  for (let round = 1 + random.below(3); round > 0; round--) mutateValue(random, message);
  let text = serialized(message);
  if (random.chance(0.3)) text = mutateText(random, text);
  const body = Buffer.from(text);
  return random.chance(0.15) ? mutateBytes(random, body) : body;
}

/** What cannot be a request. */
function hostileNoise(random: Seeded): Buffer {
  switch (random.below(5)) {
    case 0:
      return random.bytes(random.below(300));
    case 1:
      return Buffer.from(
        random.pick(['null', '1', '"x"', '[]', '{}', '[[[]]]', 'true', ' ', '\0', '{', '}{', 'NaN']),
      );
    case 2:
      return Buffer.from(
        JSON.stringify(random.pick([newSecret(random), [newSecret(random)], { [newSecret(random)]: 1 }])),
      );
    case 3:
      return Buffer.from(nested(random.pick(['[', '{"a":']), random.below(2000)));
    default:
      return Buffer.from(`${newSecret(random)}${random.pick(hostileTexts)}`);
  }
}

const injection = (lineBreak: string) =>
  [
    'x]',
    '[default]',
    'aws_access_key_id=AKIAINJECTED00000000',
    `aws_secret_access_key=${secretMark}`,
    'credential_process=false',
  ].join(lineBreak);

const lookAlikes = [
  '\uff44\uff45\uff56',
  'd\u0435v',
  'dev\u200b',
  '\u202edev',
  '\ufeffdev',
  'de\u0301v',
  '\u0130',
];

/** None of these may be in any value of the protocol, wherever it is put. */
const hostileTexts = [
  injection('\n'),
  injection('\r\n'),
  injection('\r'),
  injection('\u2028'),
  injection('\0'),
  '\n',
  '\r',
  '\0',
  '\t',
  ' ',
  '\u0085',
  '\u2029',
  '\u00a0',
  '#',
  ';',
  ' # ',
  '[',
  ']',
  '"',
  "'",
  '\\n',
  '$(id)',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: what a shell or a format would expand is sent as it is
  '${HOME}',
  '\ud800',
  '\udfff',
  '\ud83d\ude00',
  ...lookAlikes,
];

const hostileValues: unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  2,
  2 ** 53,
  '',
  '1',
  [],
  {},
  [[]],
  { length: 1 },
  ['dev'],
  '__proto__',
  'constructor',
  'write-profiles',
  '../../etc/passwd',
  '2030-01-01',
  '2030-01-01 00:00:00Z',
  '2030-13-01T00:00:00Z',
  '2030-01-01T00:00:00+00:00',
  'arn:aws:iam::1:role/x',
  'AKIAIOSFODNN7EXAMPLE',
];

/** Numbers as no program would write them; put in the place of a value when the text is made. */
const hostileNumbers = [
  '1e999',
  '-1e999',
  '-0',
  '1.0',
  '1e0',
  '01',
  '0x1',
  '1'.repeat(400),
  '1.',
  '-',
  'Infinity',
];

const hostileKeys = [
  '__proto__',
  'constructor',
  'toString',
  'extra',
  '',
  'name ',
  'aws_access_key_id',
  '\ud800',
  '0',
];

const rawMark = '\u0001raw:';

const nested = (opening: string, depth: number) =>
  `${opening.repeat(depth)}1${(opening === '[' ? ']' : '}').repeat(depth)}`;

/** The message as JSON, with the requested raw text inserted. */
const serialized = (message: Message) =>
  JSON.stringify(message).replaceAll(/"\\u0001raw:([^"]*)"/g, (_, raw: string) => raw.replaceAll("'", '"'));

interface Place {
  owner: Message;
  key: string;
}

function placesIn(owner: unknown, places: Place[] = []): Place[] {
  if (typeof owner !== 'object' || owner === null) return places;
  for (const key of Object.keys(owner)) {
    places.push({ owner: owner as Message, key });
    placesIn((owner as Message)[key], places);
  }
  return places;
}

/** As JSON.parse does it: `__proto__` becomes a key like any other. */
const put = (owner: object, key: string, value: unknown) =>
  Object.defineProperty(owner, key, { value, enumerable: true, configurable: true, writable: true });

function mutateValue(random: Seeded, message: Message): void {
  const places = placesIn(message);
  if (places.length === 0) return;
  const { owner, key } = random.pick(places);
  const value = owner[key];
  switch (random.below(12)) {
    case 0:
      delete owner[key];
      return;
    case 1:
      put(
        owner,
        random.chance(0.1) ? newSecret(random) : random.pick(hostileKeys),
        random.pick([1, {}, newSecret(random), structuredClone(value)]),
      );
      return;
    case 2:
      // A copy, since the next mutation may go into it.
      put(owner, key, structuredClone(random.pick(hostileValues)));
      return;
    case 3:
      put(owner, key, random.pick([[value], { [key]: value }, [value, structuredClone(value)], { value }]));
      return;
    case 4:
      put(owner, key, rawMark + random.pick(hostileNumbers));
      return;
    case 5:
      put(owner, key, rawMark + nested(random.pick(['[', "{'a':"]), random.below(200)).replaceAll('"', "'"));
      return;
    case 6: {
      const other = random.pick(places);
      const theirs = other.owner[other.key];
      // A value that would then hold itself is no JSON.
      if (typeof value === 'object' || typeof theirs === 'object') return;
      put(owner, key, theirs);
      put(other.owner, other.key, value);
      return;
    }
    case 7:
      put(
        owner,
        key,
        'x'.repeat(random.chance(0.98) ? random.pick([65, 129, 257, 2049]) : random.pick([16_385, 100_000])),
      );
      return;
    case 8:
      put(owner, key, random.pick(hostileTexts));
      return;
    default: {
      // Most of all: something hostile somewhere in a value that is right.
      const texts = places.filter((place) => typeof place.owner[place.key] === 'string');
      if (texts.length === 0) return;
      const place = random.pick(texts);
      const text = String(place.owner[place.key]);
      const at = random.chance(0.3) ? text.length : random.below(text.length + 1);
      put(place.owner, place.key, text.slice(0, at) + random.pick(hostileTexts) + text.slice(at));
    }
  }
}

function mutateText(random: Seeded, text: string): string {
  const keys = [...text.matchAll(/"(?:version|id|type|profiles|name|credentials|region|\w+Key|\w+Arn)":/g)];
  const at = keys.length > 0 ? random.pick(keys).index : 0;
  switch (random.below(7)) {
    case 0: {
      // The same key twice; the last one counts.
      const key = /^"\w*":/.exec(text.slice(at))?.[0] ?? '';
      return `${text.slice(0, at)}${key}${JSON.stringify(random.pick(hostileValues))},${text.slice(at)}`;
    }
    case 1:
      return text.replace(/\}([^}]*)$/, `,"${random.pick(['type', 'version', 'id', 'profiles'])}":1}$1`);
    case 2:
      return `${text.slice(0, at)}"__proto__":{"replace":true,"version":1},${text.slice(at)}`;
    case 3:
      return text.slice(0, random.below(text.length));
    case 4:
      return text + random.pick([text, ',', '\n', '\0', ']', '//', secretMark]);
    case 5:
      return random.pick(['\ufeff', '\ufeff\ufeff', ' \r\n\t', '\u00a0', ")]}'\n"]) + text;
    default:
      // The same text in other words.
      return text.replace(/e/g, random.pick(['\\u0065', '\\u0065', '\\x65', '\\e']));
  }
}

const notUtf8 = [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc3], [0x80]];

function mutateBytes(random: Seeded, body: Buffer): Buffer {
  const at = random.below(body.length + 1);
  switch (random.below(4)) {
    case 0: {
      const flipped = Buffer.from(body);
      if (at < flipped.length) flipped[at] = random.below(256);
      return flipped;
    }
    case 1:
      return Buffer.concat([body.subarray(0, at), body.subarray(at + 1 + random.below(20))]);
    case 2:
      return Buffer.concat([body.subarray(0, at), Buffer.from(random.pick(notUtf8)), body.subarray(at)]);
    default:
      return Buffer.concat([body.subarray(0, at), random.bytes(1 + random.below(8)), body.subarray(at)]);
  }
}
