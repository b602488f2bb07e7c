import { type SaxesAttributeNS, SaxesParser, type SaxesTagNS } from 'saxes';
import { type Failure, failure } from './failure.ts';
import { failed, ok, type Result } from './result.ts';
import { parseRoleValue, type Role } from './role.ts';

/** What an assertion says, as far as AWS reads it. Times are milliseconds since the epoch. */
export interface Assertion {
  /** Entity id of the identity provider. */
  issuer: string;
  /** When it is, only AWS can read the roles and everything else but the issuer. */
  encrypted: boolean;
  /** In the order of the assertion, each (role, provider) once. */
  roles: Role[];
  /** Values of the Role attribute that name no role and provider. */
  unreadRoles: number;
  /** For whom it is: `urn:amazon:webservices`, or a sign-in URL of AWS. */
  audiences: string[];
  /** To which URLs its bearer may bring it. */
  recipients: string[];
  /** What the identity provider says of the login: `Success`, or how it failed; empty where it says nothing. */
  status: string;
  sessionName?: string;
  /** Seconds. */
  sessionDuration?: number;
  sourceIdentity?: string;
  principalTags: Record<string, string>;
  issuedAt?: number;
  notBefore?: number;
  /** From then on the assertion says nothing any more. */
  notOnOrAfter?: number;
  /** From then on its bearer may not bring it to AWS any more. */
  bearerNotOnOrAfter?: number;
  /** The role session ends here at the latest. */
  sessionNotOnOrAfter?: number;
}

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
const soap =
  /^(http:\/\/schemas\.xmlsoap\.org\/soap\/envelope\/|http:\/\/www\.w3\.org\/2003\/05\/soap-envelope)$/;
const awsAttribute = 'https://aws.amazon.com/SAML/Attributes/';

/** Elements deeper than any real response; a bound on what hostile input may make us keep. */
const maxDepth = 50;

/**
 * Reads a SAML 2.0 response (XML text). Only what stands where the SAML schema puts it is read: attributes
 * of the response's one assertion, in the SAML namespaces, by their exact names. A value is its whole
 * text: comments and processing instructions in it are nothing, CDATA and references are what they stand for.
 *
 * Sources: SAML 2.0 core (OASIS), sections 2 and 3; IAM user guide, "Configure SAML assertions for the
 * authentication response".
 */
export function readAssertion(xml: string): Result<Assertion> {
  const reader = new Reader();
  // SAML is XML 1.0, whatever a declaration says: that is how other readers take it.
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  // Throwing is how a saxes handler stops the parser; what it throws ends in the catch below.
  parser.on('error', (error) => {
    throw notXml(error.message.replace(/\.$/, ''));
  });
  parser.on('doctype', () => {
    throw new Refusal(failure('assertion-doctype'));
  });
  parser.on('opentag', (tag) => reader.open(tag));
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  parser.on('closetag', () => reader.close());
  try {
    parser.write(xml).close();
    return reader.result();
  } catch (error) {
    if (error instanceof Refusal) return failed(error.failure);
    throw error;
  }
}

class Refusal extends Error {
  readonly failure: Failure;
  constructor(reason: Failure) {
    super(reason.code);
    this.failure = reason;
  }
}

const notXml = (reason: string) => new Refusal(failure('assertion-not-xml', { reason: short(reason) }));

const notSaml = (reason: string) => new Refusal(failure('assertion-not-saml', { reason: short(reason) }));

/** Names out of a hostile document may be as long as the document. */
const short = (reason: string) => (reason.length > 150 ? `${reason.slice(0, 150)}…` : reason);

type Attributes = Record<string, SaxesAttributeNS>;

type Times = Pick<
  Assertion,
  'issuedAt' | 'notBefore' | 'notOnOrAfter' | 'bearerNotOnOrAfter' | 'sessionNotOnOrAfter'
>;

type Open = (reader: Reader, attributes: Attributes) => void;

/** An element that is read, or on the way to one. */
interface Place {
  /** The names on the way to it, from the Response on or from a SOAP envelope around it, whatever the prefixes. */
  way: string;
  /** For SOAP there are two. */
  uri?: string | undefined;
  open?: Open | undefined;
  /** By local name. */
  below: Map<string, Place>;
}

function placesOf(known: Record<string, Open | undefined>): Place {
  const root: Place = { way: '', below: new Map() };
  for (const [way, open] of Object.entries(known)) {
    let place = root;
    for (const name of way.split(' ')) {
      const [prefix, local = ''] = name.split(':');
      const below = place.below.get(local) ?? {
        way: `${place.way} ${name}`.trim(),
        uri: prefix === 'saml' ? saml : prefix === 'samlp' ? protocol : undefined,
        below: new Map(),
      };
      place.below.set(local, below);
      place = below;
    }
    place.open = open;
  }
  return root;
}

const outside = placesOf({
  'soap:Envelope soap:Header': undefined,
  'soap:Envelope soap:Body samlp:Response': undefined,
  'samlp:Response': undefined,
});

/** All that is below an element that is not read: depth and names of a hostile document shall cost nothing. */
const elsewhere: Place = { way: '*', below: new Map() };

/** Follows the parser through the document and keeps what AWS would read. */
class Reader {
  /** What is done at the elements that AWS reads, each named by its way down from the Response. */
  private static readonly inResponse = placesOf({
    'saml:Issuer': (reader) =>
      reader.read((text) => {
        reader.responseIssuer = text.trim();
      }),
    'samlp:Status samlp:StatusCode': (reader, attributes) => {
      reader.status = attribute(attributes, 'Value')?.split(':').at(-1) ?? '';
    },
    'saml:EncryptedAssertion': undefined,
    'saml:Assertion': (reader, attributes) => reader.note('issuedAt', attributes, 'IssueInstant'),
    'saml:Assertion saml:Issuer': (reader) => reader.read((text) => reader.issuers.push(text.trim())),
    'saml:Assertion saml:Conditions': (reader, attributes) => {
      reader.note('notBefore', attributes, 'NotBefore');
      reader.note('notOnOrAfter', attributes, 'NotOnOrAfter');
    },
    'saml:Assertion saml:Conditions saml:AudienceRestriction saml:Audience': (reader) =>
      reader.read((text) => reader.audiences.push(text.trim())),
    'saml:Assertion saml:Subject saml:SubjectConfirmation saml:SubjectConfirmationData': (
      reader,
      attributes,
    ) => {
      const recipient = attribute(attributes, 'Recipient');
      if (recipient !== undefined) reader.recipients.push(recipient.trim());
      reader.note('bearerNotOnOrAfter', attributes, 'NotOnOrAfter');
    },
    'saml:Assertion saml:AuthnStatement': (reader, attributes) =>
      reader.note('sessionNotOnOrAfter', attributes, 'SessionNotOnOrAfter'),
    'saml:Assertion saml:AttributeStatement saml:Attribute': (reader, attributes) => {
      reader.attributeName = attribute(attributes, 'Name') ?? '';
    },
    'saml:Assertion saml:AttributeStatement saml:Attribute saml:AttributeValue': (reader) => {
      const name = reader.attributeName;
      if (!name.startsWith(awsAttribute)) return;
      reader.read((text) => {
        const values = reader.values.get(name);
        if (values === undefined) reader.values.set(name, [text.trim()]);
        else values.push(text.trim());
      });
    },
  });

  /** For each open element its place, in the Response where that has begun. */
  private readonly path: Place[] = [];
  /** Index in `path` of the Response: 0, or deeper when a SOAP envelope is around it. */
  private base = -1;
  private ended = false;
  private assertions = 0;
  private encryptedAssertions = 0;
  private responseIssuer = '';
  private readonly issuers: string[] = [];
  private readonly audiences: string[] = [];
  private readonly recipients: string[] = [];
  private status = '';
  /** Text of the element that is being read, and the depth at which it ends. */
  private reading: { depth: number; text: string; done: (text: string) => unknown } | undefined;
  private attributeName = '';
  private readonly values = new Map<string, string[]>();
  private readonly times: Times = {};

  open(tag: SaxesTagNS): void {
    const place = placeBelow(this.path[this.path.length - 1] ?? outside, tag);
    const here = place.way;
    this.path.push(place);
    if (this.path.length > maxDepth) throw notSaml('its elements are nested too deep');
    if (this.ended) throw notSaml('it has elements behind its Response');
    checkNames(tag);
    if (this.base === -1) {
      this.openRoot(tag, here);
      return;
    }
    if (tag.uri === saml && tag.local === 'Assertion') this.countAssertion(here);
    if (tag.uri === saml && tag.local === 'EncryptedAssertion' && here === 'saml:EncryptedAssertion') {
      this.encryptedAssertions += 1;
    }
    if (this.reading === undefined) place.open?.(this, tag.attributes);
  }

  text(text: string): void {
    if (this.reading !== undefined) this.reading.text += text;
  }

  close(): void {
    if (this.reading?.depth === this.path.length) {
      const { done, text } = this.reading;
      this.reading = undefined;
      done(text);
    }
    this.path.pop();
    if (this.path.length === this.base) this.ended = true;
  }

  result(): Result<Assertion> {
    if (this.base === -1) throw notSaml('it has no Response');
    if (this.assertions + this.encryptedAssertions > 1) {
      return failed(
        failure('assertion-ambiguous', { assertions: this.assertions + this.encryptedAssertions }),
      );
    }
    const encrypted = this.encryptedAssertions === 1;
    if (!encrypted && this.assertions === 0) {
      throw notSaml(this.status === '' ? 'it has no assertion' : `its status is ${this.status}`);
    }
    if (this.issuers.length > 1) throw notSaml('its assertion has more than one issuer');
    const issuer = encrypted ? this.responseIssuer : (this.issuers[0] ?? '');
    const { audiences, recipients, status } = this;
    return ok({ issuer, encrypted, audiences, recipients, status, ...this.attributes(), ...this.times });
  }

  private openRoot(tag: SaxesTagNS, way: string): void {
    if (way === 'samlp:Response' || way === 'soap:Envelope soap:Body samlp:Response') {
      this.base = this.path.length - 1;
      this.path[this.base] = Reader.inResponse;
      this.note('issuedAt', tag.attributes, 'IssueInstant');
      return;
    }
    // ECP clients get the response inside a SOAP envelope (SAML 2.0 profiles, section 4.2).
    if (way.startsWith('soap:')) return;
    throw notSaml(`it begins with ${tag.name}, not with a Response in the SAML 2.0 namespace`);
  }

  private countAssertion(here: string): void {
    this.assertions += 1;
    if (here !== 'saml:Assertion') throw notSaml('it has an assertion where none belongs');
  }

  private note(time: keyof Times, attributes: Attributes, name: string): void {
    const noted = timeOf(attributes, name);
    if (noted !== undefined) this.times[time] = noted;
  }

  private read(done: (text: string) => unknown): void {
    this.reading = { depth: this.path.length, text: '', done };
  }

  private attributes(): Pick<
    Assertion,
    'roles' | 'unreadRoles' | 'sessionName' | 'sessionDuration' | 'sourceIdentity' | 'principalTags'
  > {
    const sessionName = this.first('RoleSessionName');
    const sourceIdentity = this.first('SourceIdentity');
    const seconds = /^\d{1,9}$/.exec(this.first('SessionDuration') ?? '')?.[0];
    const roles = (this.values.get(`${awsAttribute}Role`) ?? []).map(parseRoleValue);
    return {
      roles: distinct(roles),
      unreadRoles: roles.filter((role) => role === undefined).length,
      principalTags: this.principalTags(),
      ...(sessionName === undefined ? {} : { sessionName }),
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      ...(seconds === undefined ? {} : { sessionDuration: Number(seconds) }),
    };
  }

  private first(name: string): string | undefined {
    return this.values.get(awsAttribute + name)?.[0] || undefined;
  }

  private principalTags(): Record<string, string> {
    const prefix = `${awsAttribute}PrincipalTag:`;
    const tags = [...this.values].filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries(tags.map(([name, values]) => [name.slice(prefix.length), values[0] ?? '']));
  }
}

/** All that is in a SOAP header is that header. */
function placeBelow(above: Place, { local, uri }: SaxesTagNS): Place {
  if (above.way === 'soap:Envelope soap:Header') return above;
  const place = above.below.get(local);
  if (place === undefined || !(place.uri === undefined ? soap.test(uri) : place.uri === uri))
    return elsewhere;
  return place;
}

/**
 * saxes looks at the beginning of a prefix, but not at that of the name behind it (Namespaces in XML 1.0, NCName). And
 * it trims the names of namespaces, but to XML a name with blanks around it is that of another namespace.
 */
function checkNames({ name, local, attributes }: SaxesTagNS): void {
  if (malformed.test(local)) throw notXml(`malformed name in ${name}`);
  for (const key in attributes) {
    const { prefix, local: own, value } = attributes[key] as SaxesAttributeNS;
    if (malformed.test(own)) throw notXml(`malformed name in ${name}`);
    if ((prefix === 'xmlns' || key === 'xmlns') && /[^\x21-\x7e]/.test(value)) {
      throw notSaml('it has a namespace that is no URI');
    }
  }
}

const malformed = /^(?:[-.\d\u00b7\u203f\u2040]|[\u0300-\u036f])/;

/** By its whole name: with a prefix it is another attribute. */
function attribute(attributes: Attributes, name: string): string | undefined {
  return attributes[name]?.value;
}

/** An xs:dateTime, in UTC when it names no zone (SAML 2.0 core, section 1.3.3); anything else is no time. */
function timeOf(attributes: Attributes, name: string): number | undefined {
  const text = attribute(attributes, name)?.trim() ?? '';
  const [, date, time, fraction = '', zone] =
    /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text) ?? [];
  if (date === undefined) return undefined;
  const parsed = Date.parse(`${date}T${time}${fraction.slice(0, 4)}${zone ?? 'Z'}`);
  return Number.isNaN(parsed) ? undefined : parsed;
}

function distinct(roles: (Role | undefined)[]): Role[] {
  const seen: Role[] = [];
  const keys = new Set<string>();
  for (const role of roles) {
    if (role === undefined) continue;
    const known = keys.size;
    if (keys.add(`${role.roleArn} ${role.providerArn}`).size > known) seen.push(role);
  }
  return seen;
}
