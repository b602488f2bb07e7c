import type { Random } from './random.ts';
import { soundResponses, strangers } from './sound-responses.ts';
import { elementsOf, type Token, tokensOf } from './xml-tokens.ts';

/** Changes XML text in one way. Where that way finds nothing to change, the text comes back as it was. */
export type Mutation = (xml: string, random: Random) => string;

const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
const roleName = 'https://aws.amazon.com/SAML/Attributes/Role';

const names = [
  'saml:Assertion',
  'saml:EncryptedAssertion',
  'saml:Advice',
  'saml:Attribute',
  'saml:AttributeStatement',
  'saml:AttributeValue',
  'saml:EncryptedAttribute',
  'saml:Issuer',
  'saml:Subject',
  'samlp:Response',
  'samlp:Extensions',
  'samlp:Attribute',
  'samlp:Status',
  'Assertion',
  'attribute',
  'x',
  'saml:x',
  'nobody:Attribute',
  'xml:Attribute',
  'xmlns:x',
  'saml:a:b',
  ':x',
  'é',
  'constructor',
  '__proto__',
];

const namespaces = [
  saml,
  ` ${saml}`,
  `${saml} `,
  `\u00a0${saml}`,
  `\n${saml}\t`,
  `&#32;${saml}`,
  `&#117;rn:oasis:names:tc:SAML:2.0:assertion`,
  `${saml}/`,
  saml.toUpperCase(),
  saml.replace('2.0', '1.0'),
  saml.replace('2.0', '1.1'),
  saml.replace(':a', '%3Aa'),
  'urn:oasis:names:tc:SAML:2.0:protocol',
  'http://schemas.xmlsoap.org/soap/envelope/',
  'http://www.w3.org/2000/xmlns/',
  'http://www.w3.org/XML/1998/namespace',
  'relative',
  'a b',
  '',
  ' ',
];

const prefixes = ['saml', 'samlp', 'x', 'xml', 'xmlns', 'S', 'constructor', '__proto__'];

const attributeNames = [
  'Name',
  'name',
  'NAME',
  'FriendlyName',
  'saml:Name',
  'x:Name',
  'xml:Name',
  'xml:lang',
  'xsi:type',
  'Näme',
];

const attributeValues = [
  roleName,
  `${roleName} `,
  ` ${roleName}`,
  `${roleName}\n`,
  `&#104;ttps://aws.amazon.com/SAML/Attributes/Role`,
  `${roleName}&#x9;`,
  `${roleName}&#x20;`,
  `${roleName}<!---->`,
  `${roleName}&amp;`,
  `${roleName}&x;`,
  roleName.toLowerCase(),
  roleName.replace('https', 'http'),
  roleName.replace('R', 'Ｒ'),
  `${roleName}s`,
  'https://aws.amazon.com/SAML/Attributes/RoleSessionName',
  '',
  '\u2028',
  '<',
  ']]>',
];

/** Inserted into text; some of it belongs nowhere. */
const scraps = [
  '<!-- -->',
  '<!---->',
  '<!-- -- -->',
  '<!--->',
  '<![CDATA[]]>',
  '<![CDATA[x]]>',
  '<![CDATA[<]]]]><![CDATA[>]]>',
  '<![CDATA[',
  ']]>',
  '<?x?>',
  '<?x y?>',
  '<?xml?>',
  '<?xml version="1.0"?>',
  '<?XML x?>',
  '<?x:y z?>',
  '<? x?>',
  '<x/>',
  '<x>',
  '</x>',
  '<saml:x/>',
  '</saml:AttributeValue><saml:AttributeValue>',
  '</saml:Attribute>',
  '&amp;',
  '&lt;',
  '&gt;',
  '&apos;',
  '&quot;',
  '&#65;',
  '&#x41;',
  '&#X41;',
  '&#0000000065;',
  '&#0;',
  '&#x1;',
  '&#9;',
  '&#13;',
  '&#x85;',
  '&#xd800;',
  '&#xd83d;&#xde00;',
  '&#xfffe;',
  '&#x1f600;',
  '&#x110000;',
  '&#99999999999999999999;',
  '&#x;',
  '&#;',
  '&;',
  '&',
  '& ',
  '&nbsp;',
  '&role;',
  '&amp',
  '&constructor;',
  '%pe;',
  '\u0000',
  '\u0001',
  '\u000b',
  '\u001b',
  '\u007f',
  '\u0085',
  '\u009b',
  '\u00a0',
  '\u00ad',
  '\u200b',
  '\u2028',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\ud800',
  '\udc00',
  '😀',
  '\r',
  '\r\n',
  '\n',
  '\t',
  ' ',
  ',',
  '"',
  "'",
  '>',
  '<',
  '/',
  '=',
];

const declarations = [
  '<?xml version="1.0"?>',
  "<?xml version='1.0' standalone='yes'?>",
  '<?xml version="1.0" encoding="UTF-8" standalone="no"?>',
  '<?xml version="1.1"?>',
  '<?xml version="1.5"?>',
  '<?xml version="2.0"?>',
  '<?xml version="1."?>',
  '<?xml version=""?>',
  '<?xml encoding="UTF-8"?>',
  '<?xml encoding="UTF-8" version="1.0"?>',
  '<?xml version="1.0" encoding=""?>',
  '<?xml version="1.0" standalone="maybe"?>',
  '<?xml version="1.0"encoding="UTF-8"?>',
  '<?xml version = "1.0"\n?>',
  '<?xml\tversion="1.0" ?>',
  '<?xml?>',
  '<?xml version="1.0">',
  '<?XML version="1.0"?>',
  '<?xml version="1.0" x="y"?>',
  '<?xml-stylesheet href="x"?>',
  ' <?xml version="1.0"?>',
  '\ufeff',
  '\ufeff\ufeff',
  '\n',
  '<!-- x -->',
  'x',
];

const doctypes = [
  '<!DOCTYPE x>',
  '<!DOCTYPE samlp:Response SYSTEM "http://127.0.0.1:9/x.dtd">',
  '<!DOCTYPE x PUBLIC "a" "b">',
  '<!DOCTYPE x [<!ENTITY role "arn:aws:iam::444455556666:role/Decoy">]>',
  '<!DOCTYPE x [<!ENTITY role SYSTEM "file:///etc/hostname">]>',
  '<!DOCTYPE x [<!ENTITY % pe SYSTEM "file:///etc/hostname"> %pe;]>',
  `<!DOCTYPE x [<!ATTLIST saml:Attribute Name CDATA "${roleName}">]>`,
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY role "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
  '<!doctype x>',
  '<!DOCTYPE',
  '<!DOCTYPE x [',
];

const cut = (xml: string, start: number, end: number, into = '') =>
  xml.slice(0, start) + into + xml.slice(end);
const put = (xml: string, at: number, text: string) => cut(xml, at, at, text);

/** Where `pattern` (global) matches, one match chosen. */
function choose(xml: string, pattern: RegExp, random: Random): RegExpExecArray | undefined {
  const matches = [...xml.matchAll(pattern)];
  return matches.length === 0 ? undefined : random.pick(matches);
}

function replaceOne(xml: string, pattern: RegExp, random: Random, change: (found: string) => string): string {
  const match = choose(xml, pattern, random);
  return match === undefined ? xml : cut(xml, match.index, match.index + match[0].length, change(match[0]));
}

function slice(xml: string, random: Random, longest = 200): [number, number] {
  const start = random.below(xml.length + 1);
  return [start, Math.min(xml.length, start + random.below(longest))];
}

/** Someone else's element, or a piece of another response. */
function foreign(random: Random): string {
  if (random.chance(0.7)) return random.pick(strangers);
  const other = random.pick(soundResponses);
  const { start, end } = random.pick(elementsOf(other));
  return other.slice(start, end);
}

function oneElement(xml: string, random: Random) {
  const elements = elementsOf(xml);
  return elements.length === 0 ? undefined : random.pick(elements);
}

const onElement =
  (
    change: (xml: string, element: NonNullable<ReturnType<typeof oneElement>>, random: Random) => string,
  ): Mutation =>
  (xml, random) => {
    const element = oneElement(xml, random);
    return element === undefined ? xml : change(xml, element, random);
  };

const onToken =
  (kinds: Token['kind'][], change: (xml: string, token: Token, random: Random) => string): Mutation =>
  (xml, random) => {
    const tokens = tokensOf(xml).filter(({ kind }) => kinds.includes(kind));
    return tokens.length === 0 ? xml : change(xml, random.pick(tokens), random);
  };

const openingName = /<[^\s<>/!?]+/g;
const attribute = /\s[^\s<>="'/]+\s*=\s*("[^"<]*"|'[^'<]*')/g;
const declaration = /\sxmlns(:[^\s=]+)?\s*=\s*("[^"<]*"|'[^'<]*')/g;

const tree: Mutation[] = [
  onElement((xml, { start, end }) => cut(xml, start, end)),
  onElement((xml, { start, end }) => put(xml, end, xml.slice(start, end))),
  onElement((xml, { start, end, innerStart, innerEnd }) =>
    cut(xml, start, end, xml.slice(innerStart, innerEnd)),
  ),
  onElement((xml, { start, end, innerStart }) =>
    cut(xml, innerStart, end, xml.slice(start, innerStart).replace(/^<([^\s/>]+)[\s\S]*$/, '</$1>')),
  ),
  onElement((xml, { start, end }, random) => {
    const name = random.pick(names);
    return cut(xml, start, end, `<${name}>${xml.slice(start, end)}</${name}>`);
  }),
  // An element goes elsewhere: before, into or behind another one.
  onElement((xml, { start, end }, random) => {
    const moved = xml.slice(start, end);
    const rest = random.chance(0.5) ? cut(xml, start, end) : xml;
    const target = oneElement(rest, random);
    return target === undefined
      ? xml
      : put(rest, random.pick([target.start, target.innerStart, target.innerEnd, target.end]), moved);
  }),
  onElement((xml, { start, innerStart, innerEnd, end }, random) =>
    put(xml, random.pick([start, innerStart, innerEnd, end]), foreign(random)),
  ),
  onElement((xml, { start, end }, random) => cut(xml, start, end, foreign(random))),
  // One name for both tags of an element.
  onElement((xml, { start, innerStart, innerEnd, end }, random) => {
    const name = random.pick(names);
    const [open, inner, close] = [
      xml.slice(start, innerStart),
      xml.slice(innerStart, innerEnd),
      xml.slice(innerEnd, end),
    ];
    return cut(
      xml,
      start,
      end,
      open.replace(/^<[^\s/>]+/, () => `<${name}`) + inner + close.replace(/^<\/[^\s>]+/, () => `</${name}`),
    );
  }),
];

const tags: Mutation[] = [
  (xml, random) => replaceOne(xml, openingName, random, () => `<${random.pick(names)}`),
  (xml, random) =>
    replaceOne(xml, attribute, random, (found) =>
      found.replace(/^(\s)[^\s=]+/, (_, space) => space + random.pick(attributeNames)),
    ),
  (xml, random) => replaceOne(xml, attribute, random, () => ` Name="${random.pick(attributeValues)}"`),
  (xml, random) =>
    replaceOne(
      xml,
      attribute,
      random,
      (found) => found + (random.chance(0.5) ? found : ` Name="${random.pick(attributeValues)}"`),
    ),
  (xml, random) => replaceOne(xml, attribute, random, () => ''),
  (xml, random) =>
    replaceOne(xml, attribute, random, (found) =>
      found.replace(/"/g, random.pick(["'", '', '"'])).replace('=', random.pick([' = ', '=\n', '', '='])),
    ),
  (xml, random) =>
    replaceOne(xml, attribute, random, (found) =>
      random.chance(0.5) ? found.slice(1) : `\t\r\n${found}\u00a0`,
    ),
  (xml, random) =>
    replaceOne(
      xml,
      openingName,
      random,
      (found) => `${found} ${random.pick(attributeNames)}="${random.pick(attributeValues)}"`,
    ),
  (xml, random) =>
    replaceOne(xml, /<\/?[^\s<>/!?]+/g, random, (found) =>
      found.replace(/[A-Za-z]/, (letter) =>
        letter.toUpperCase() === letter ? letter.toLowerCase() : letter.toUpperCase(),
      ),
    ),
  onToken(['open', 'close', 'empty'], (xml, { start, end }) => cut(xml, start, end)),
  onToken(['open', 'close', 'empty'], (xml, { end }, random) =>
    put(xml, end - 1, random.pick([' ', '\n', '/', '?', '\u00a0', ' x', ' x='])),
  ),
];

const namespaced: Mutation[] = [
  (xml, random) =>
    replaceOne(xml, declaration, random, (found) =>
      found.replace(/=[\s\S]*/, () => `="${random.pick(namespaces)}"`),
    ),
  (xml, random) =>
    replaceOne(xml, declaration, random, (found) =>
      found.replace(/xmlns(:[^\s=]+)?/, () => random.pick(['xmlns', `xmlns:${random.pick(prefixes)}`])),
    ),
  (xml, random) => replaceOne(xml, declaration, random, () => ''),
  (xml, random) =>
    replaceOne(
      xml,
      openingName,
      random,
      (found) => `${found} xmlns:${random.pick(prefixes)}="${random.pick(namespaces)}"`,
    ),
  (xml, random) =>
    replaceOne(xml, openingName, random, (found) => `${found} xmlns="${random.pick(namespaces)}"`),
  // A namespace of its own and something in it.
  (xml, random) => {
    const namespace = random.pick(namespaces);
    return replaceOne(xml, / Name="/g, random, () => ` xmlns:x="${namespace}" x:Name="`);
  },
  (xml, random) => {
    const namespace = random.pick(namespaces);
    return xml.replaceAll(`"${saml}"`, () => `"${namespace}"`);
  },
  (xml, random) => {
    const [from, to] = [random.pick(prefixes), random.pick(prefixes)];
    return xml.replaceAll(`${from}:`, `${to}:`);
  },
  (xml) => xml.replace(/\b(saml|samlp):/g, (_, prefix) => (prefix === 'saml' ? 'samlp:' : 'saml:')),
];

const text: Mutation[] = [
  onToken(['text'], (xml, { start, end }, random) =>
    put(xml, start + random.below(end - start + 1), random.pick(scraps)),
  ),
  // Into a role, where it hurts.
  (xml, random) =>
    replaceOne(xml, /arn:aws[\w:/.,-]+/g, random, (found) =>
      put(found, random.below(found.length + 1), random.pick(scraps)),
    ),
  (xml, random) =>
    replaceOne(xml, /arn:aws[\w:/.,-]+/g, random, (found) => {
      const at = random.below(found.length);
      const code = found.charCodeAt(at);
      return cut(
        found,
        at,
        at + 1,
        random.pick([
          `&#${code};`,
          `&#x${code.toString(16)};`,
          `&#x${code.toString(16).toUpperCase()};`,
          `<![CDATA[${found[at]}]]>`,
          `<x>${found[at]}</x>`,
        ]),
      );
    }),
  onToken(['text'], (xml, { start, end }, random) =>
    cut(
      xml,
      start,
      end,
      `${random.pick(['<![CDATA[', '<!--', '<?x ', '<x>'])}${xml.slice(start, end)}${random.pick([']]>', '-->', '?>', '</x>'])}`,
    ),
  ),
  (xml, random) =>
    replaceOne(xml, /,/g, random, () => random.pick([', ', ' ,', ',,', ';', '', '&#44;', '，', ',\u00a0'])),
];

const whole: Mutation[] = [
  (xml, random) => random.pick(declarations) + xml.replace(/^<\?xml[^>]*>/, ''),
  (xml, random) => random.pick(declarations) + xml,
  (xml, random) => xml.replace(/^(<\?xml[^>]*>)?/, (found) => found + random.pick(doctypes)),
  (xml, random) => xml + random.pick([...scraps, ...strangers, ...doctypes]),
  (xml, random) => {
    const namespace = random.pick(namespaces);
    const bare = xml.replace(/^<\?xml[^>]*>/, '');
    const around = random.pick([
      bare,
      `${bare}${foreign(random)}`,
      `${foreign(random)}${bare}`,
      `<x>${bare}</x>`,
    ]);
    return `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns:f="${namespace}"><${random.pick(['e:Header', 'f:Header'])}/><e:Body>${around}</e:Body>${random.chance(0.2) ? foreign(random) : ''}</e:Envelope>`;
  },
];

const raw: Mutation[] = [
  (xml, random) => cut(xml, ...slice(xml, random, random.pick([2, 20, 200]))),
  (xml, random) => {
    const [start, end] = slice(xml, random);
    return put(xml, end, xml.slice(start, end));
  },
  (xml, random) => put(xml, random.below(xml.length + 1), random.pick(scraps)),
  (xml, random) => {
    const at = random.below(xml.length + 1);
    return cut(xml, at, at + 1, String.fromCharCode(random.below(random.pick([0x80, 0x100, 0x1_0000]))));
  },
  (xml, random) => xml.slice(0, random.below(xml.length)),
  (xml, random) => {
    const other = random.pick(soundResponses);
    return xml.slice(0, random.below(xml.length)) + other.slice(random.below(other.length));
  },
];

/** What 100,000 characters of base64 hold, less a little. */
const roomy = 74_000;
const often = (piece: string, room: number) =>
  piece.repeat(Math.max(1, Math.floor(Math.max(room, 0) / Math.max(piece.length, 1))));

/** Makes a response as long as AWS takes, of things that a careless reader is slow at. */
const huge: Mutation[] = [
  (xml, random) => {
    const [start, end] = slice(xml, random, random.pick([2, 20, 400]));
    return put(xml, end, often(xml.slice(start, end), roomy - xml.length));
  },
  onElement((xml, { start, end }) => put(xml, end, often(xml.slice(start, end), roomy - xml.length))),
  onElement((xml, { innerStart }, random) => {
    const piece = random.pick([
      '<x/>',
      '<saml:x/>',
      '<x>',
      '<!---->',
      '<?x?>',
      '<![CDATA[]]>',
      '<![CDATA[x]]>',
      '&#65;',
      '&amp;',
      ',',
      '/',
      ' ',
      'x',
      '\r',
      ...scraps,
    ]);
    return put(xml, innerStart, often(piece, random.pick([1_000, roomy]) - xml.length));
  }),
  // Deep, and shallow enough to be read.
  onElement((xml, { innerStart, innerEnd }, random) => {
    const depth = random.pick([50, 88, 90, 92, 94, 96, 99, 100, 101, 5_000]);
    const name = random.pick(['x', 'saml:x', `x xmlns="${'u'.repeat(random.pick([1, 500]))}"`]);
    const closing = `</${name.split(' ')[0]}>`;
    return cut(
      xml,
      innerStart,
      innerEnd,
      `<${name}>`.repeat(depth) + xml.slice(innerStart, innerEnd) + closing.repeat(depth),
    );
  }),
  // One long name above many small elements.
  onElement((xml, { innerStart }, random) => {
    const long = 'n'.repeat(random.pick([1_000, 10_000, 30_000]));
    const depth = random.pick([1, 50, 90]);
    const [open, close] = random.pick([
      [`<${long}>`, `</${long}>`],
      [`<saml:${long}>`, `</saml:${long}>`],
      [`<x xmlns="${long}">`, '</x>'],
    ]);
    const room = roomy - xml.length - open.length - close.length - 7 * depth;
    return put(
      xml,
      innerStart,
      open + '<y>'.repeat(depth) + often('<a/>', room) + '</y>'.repeat(depth) + close,
    );
  }),
  (xml, random) =>
    replaceOne(xml, openingName, random, (found) => {
      const many = random.pick([
        (i: number) => ` a${i}=""`,
        (i: number) => ` xmlns:a${i}="u"`,
        (i: number) => ` xmlns:a${i}="u${i}" a${i}:b=""`,
      ]);
      const count = Math.floor((roomy - xml.length) / (many(10_000).length + 1));
      return found + Array.from({ length: Math.max(count, 0) }, (_, i) => many(i)).join('');
    }),
  (xml, random) =>
    replaceOne(
      xml,
      attribute,
      random,
      (found) =>
        `${found} long="${often(random.pick(['x', '&lt;', '\n', 'é', '&#x41;']), roomy - xml.length)}"`,
    ),
];

const kinds: readonly (readonly [share: number, mutations: Mutation[]])[] = [
  [0.25, tree],
  [0.17, tags],
  [0.17, namespaced],
  [0.22, text],
  [0.09, whole],
  [0.1, raw],
];

/** One small mutation, of any kind. */
export const mutate: Mutation = (xml, random) => {
  let dice = random.next();
  for (const [share, mutations] of kinds) {
    dice -= share;
    if (dice < 0) return random.pick(mutations)(xml, random);
  }
  return xml;
};

/** One mutation that makes the text about as long as AWS takes. */
export const inflate: Mutation = (xml, random) => random.pick(huge)(xml, random);
