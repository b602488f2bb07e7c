import { type SaxesAttributeNS, type SaxesAttributeNSIncomplete, SaxesParser, type SaxesTagNS } from 'saxes';
import { parseRoleValue, type Role } from '../aws/role.ts';
import { type Failure, failure } from '../failure.ts';
import type { Reason } from '../failure-reasons.ts';
import { failed, ok, type Result } from '../result.ts';

/** What an assertion says, as far as AWS reads it. Times in milliseconds since the epoch. */
export interface Assertion {
  /** The identity provider's entity id. */
  issuer: string;
  /** If so, only AWS can read the roles and everything but the issuer. */
  encrypted: boolean;
  /** In the assertion's order, each (role, provider) once. */
  roles: Role[];
  /** Values of the Role attribute without a role and a provider. */
  unreadRoles: number;
  /** The audiences: `urn:amazon:webservices`, or AWS sign-in URLs. */
  audiences: string[];
  /** The URLs that its bearer may bring it to. */
  recipients: string[];
  /** The identity provider's status for the login: `Success`, or how it failed; empty if it has none. */
  status: string;
  /** Whether the response or its assertion has a signature; only AWS can tell whether it is right. */
  signed: boolean;
  /** Whether it names the person (NameID). */
  hasSubject: boolean;
  sessionName?: string;
  /** Seconds. */
  sessionDuration?: number;
  sourceIdentity?: string;
  principalTags: Record<string, string>;
  /** The keys of the tags that stay when the session assumes another role. */
  transitiveTagKeys: string[];
  issuedAt?: number;
  notBefore?: number;
  /** The assertion is invalid from then on. */
  notOnOrAfter?: number;
  /** Its bearer may no longer bring it to AWS from then on. */
  bearerNotOnOrAfter?: number;
  /** The role session ends at this time at the latest. */
  sessionNotOnOrAfter?: number;
}

const protocol = 'urn:oasis:names:tc:SAML:2.0:protocol';
const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
const soap =
  /^(http:\/\/schemas\.xmlsoap\.org\/soap\/envelope\/|http:\/\/www\.w3\.org\/2003\/05\/soap-envelope)$/;
const xmldsig = 'http://www.w3.org/2000/09/xmldsig#';
const awsAttribute = 'https://aws.amazon.com/SAML/Attributes/';

/** Deeper than any real response; limits what hostile input can make us keep. */
const maxDepth = 50;

/**
 * Reads a SAML 2.0 response (XML text), and only what is where the SAML schema puts it: attributes of the response's
 * one assertion, in the SAML namespaces, by their exact names. A value is its whole text: comments and processing
 * instructions are dropped, CDATA and references resolved.
 *
 * Sources: SAML 2.0 core (OASIS), sections 2 and 3; IAM user guide, "Configure SAML assertions for the authentication
 * response".
 */
export function readAssertion(xml: string): Result<Assertion> {
  const reader = new Reader();
  // SAML is XML 1.0, whatever a declaration says, and other readers treat it so.
  const parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  parser.on('doctype', () => {
    throw new Refusal(failure('assertion-doctype'));
  });
  parser.on('attribute', checkAttribute);
  parser.on('opentag', (tag) => reader.open(tag));
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  parser.on('closetag', () => reader.close());
  // saxes stops only by throwing, caught below. Not with an error handler: with a seventh handler V8 keeps the parser
  // as a dictionary, which takes four times as long.
  parser.fail = (message) => {
    const { line, column } = parser;
    throw notXml({ is: 'malformed', line, column, parser: short(message.replace(/\.$/, '')) });
  };
  try {
    parser.write(xml).close();
    return reader.result();
  } catch (error) {
    // Stryker disable next-line ConditionalExpression: nothing else is thrown but by a mistake of ours
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

const notXml = (reason: Reason<'xml'>) => new Refusal(failure('assertion-not-xml', { reason }));

const notSaml = (reason: Reason<'saml'>) => new Refusal(failure('assertion-not-saml', { reason }));

/** Names from a hostile document may be as long as the document. */
const short = (name: string) => (name.length > 150 ? `${name.slice(0, 150)}…` : name);

type Attributes = Record<string, SaxesAttributeNS>;

type Times = Pick<
  Assertion,
  'issuedAt' | 'notBefore' | 'notOnOrAfter' | 'bearerNotOnOrAfter' | 'sessionNotOnOrAfter'
>;

type Open = (reader: Reader, attributes: Attributes) => void;

/** An element that is read, or leads to one. */
interface Place {
  /** The names leading to it, from the Response or the SOAP envelope around it, without prefixes. */
  way: string;
  /** SOAP has two. */
  uri?: string | undefined;
  open?: Open | undefined;
  /** By local name. */
  below: Record<string, Place>;
}

const namespaces: Record<string, string> = { saml, samlp: protocol, ds: xmldsig };

function placesOf(known: Record<string, Open | undefined>): Place {
  const root: Place = { way: '', below: Object.create(null) };
  for (const [way, open] of Object.entries(known)) {
    let place = root;
    for (const name of way.split(' ')) {
      // Stryker disable next-line StringLiteral: each of these names has both parts
      const [prefix, local = ''] = name.split(':');
      const below: Place = place.below[local] ?? {
        way: `${place.way} ${name}`.trim(),
        uri: namespaces[prefix ?? ''],
        below: Object.create(null),
      };
      place.below[local] = below;
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

/** Everything below an element that is not read: a hostile document's depth and names must cost nothing. */
const elsewhere: Place = { way: '*', below: Object.create(null) };

/** Follows the parser through the document and keeps what AWS would read. */
class Reader {
  /** What to do at each element that AWS reads, by its path from the Response. */
  private static readonly inResponse = placesOf({
    'saml:Issuer': (reader) => reader.read(reader.responseIssuers),
    'samlp:Status samlp:StatusCode': (reader, attributes) => {
      reader.status = attribute(attributes, 'Value')?.split(':').at(-1) ?? '';
    },
    'ds:Signature': (reader) => {
      reader.signed = true;
    },
    'saml:EncryptedAssertion': (reader) => {
      reader.encryptedAssertions += 1;
    },
    'saml:Assertion': (reader, attributes) => {
      reader.assertions += 1;
      reader.note('issuedAt', attributes, 'IssueInstant');
    },
    'saml:Assertion saml:Issuer': (reader) => reader.read(reader.issuers),
    'saml:Assertion ds:Signature': (reader) => {
      reader.signed = true;
    },
    'saml:Assertion saml:Subject saml:NameID': (reader) => {
      reader.hasSubject = true;
    },
    'saml:Assertion saml:Subject saml:EncryptedID': (reader) => {
      reader.hasSubject = true;
    },
    'saml:Assertion saml:Conditions': (reader, attributes) => {
      reader.note('notBefore', attributes, 'NotBefore');
      reader.note('notOnOrAfter', attributes, 'NotOnOrAfter');
    },
    'saml:Assertion saml:Conditions saml:AudienceRestriction saml:Audience': (reader) =>
      reader.read(reader.audiences),
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
      // Stryker disable next-line StringLiteral: without a name it is none of AWS's
      reader.values = reader.valuesOf(attribute(attributes, 'Name') ?? '');
    },
    'saml:Assertion saml:AttributeStatement saml:Attribute saml:AttributeValue': (reader) =>
      reader.read(reader.values),
  });

  /** The place of each open element, inside the Response once that has started. */
  private readonly path: Place[] = [];
  /** The Response's index in `path`: 0, or more inside a SOAP envelope. */
  private base = -1;
  private ended = false;
  private assertions = 0;
  private encryptedAssertions = 0;
  private readonly responseIssuers: string[] = [];
  private readonly issuers: string[] = [];
  private readonly audiences: string[] = [];
  private readonly recipients: string[] = [];
  private status = '';
  private signed = false;
  private hasSubject = false;
  /** Where the current element's text goes, the depth at which it ends, and the text so far. */
  private into: string[] | undefined;
  private depth = 0;
  // Stryker disable next-line StringLiteral: set anew before anything is read
  private textSoFar = '';
  /** The values of each AWS attribute, by its name without `awsAttribute`. */
  private readonly awsAttributes = new Map<string, string[]>();
  /** The values of the attribute opened last, if it is AWS's. */
  private values: string[] | undefined;
  private readonly times: Times = {};
  /** The last argument of `namespaceOf`, and its result. */
  // Stryker disable StringLiteral: no namespace is one that is not known
  private lastUri = '';
  private lastNamespace = '';
  // Stryker restore StringLiteral

  open(tag: SaxesTagNS): void {
    const uri = this.namespaceOf(tag.uri);
    const place = placeBelow(this.path[this.path.length - 1] ?? outside, tag.local, uri);
    this.path.push(place);
    if (this.path.length > maxDepth) throw notSaml('too-deep');
    if (this.ended) throw notSaml('after-response');
    checkName(tag.local, tag.name);
    if (this.base === -1) {
      this.openRoot(tag, place.way);
      return;
    }
    if (tag.local === 'Assertion' && uri === saml && place.way !== 'saml:Assertion') {
      throw notSaml('misplaced-assertion');
    }
    place.open?.(this, tag.attributes);
  }

  text(text: string): void {
    // Stryker disable next-line ConditionalExpression: text that is not wanted is only kept for nothing
    if (this.into !== undefined) this.textSoFar += text;
  }

  close(): void {
    if (this.into !== undefined && this.depth === this.path.length) {
      this.into.push(this.textSoFar.trim());
      this.into = undefined;
    }
    this.path.pop();
    if (this.path.length === this.base) this.ended = true;
  }

  result(): Result<Assertion> {
    if (this.base === -1) throw notSaml('no-response');
    if (this.assertions + this.encryptedAssertions > 1) {
      return failed(
        failure('assertion-ambiguous', { assertions: this.assertions + this.encryptedAssertions }),
      );
    }
    const encrypted = this.encryptedAssertions === 1;
    if (!encrypted && this.assertions === 0) {
      throw notSaml(this.status === '' ? 'no-assertion' : { is: 'status', status: short(this.status) });
    }
    if (this.issuers.length > 1) throw notSaml('issuers');
    const issuer = (encrypted ? this.responseIssuers.at(-1) : this.issuers[0]) ?? '';
    const { audiences, recipients, status, signed, hasSubject } = this;
    return ok({
      ...{ issuer, encrypted, audiences, recipients, status, signed, hasSubject },
      ...this.attributes(),
      ...this.times,
    });
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
    throw notSaml({ is: 'root', name: short(tag.name) });
  }

  private note(time: keyof Times, attributes: Attributes, name: string): void {
    const noted = timeOf(attributes, name);
    if (noted !== undefined) this.times[time] = noted;
  }

  /** Returns our own string for a known namespace, since identical strings compare fastest. */
  private namespaceOf(uri: string): string {
    // Stryker disable ConditionalExpression: only quicker
    if (uri !== this.lastUri) {
      this.lastUri = uri;
      this.lastNamespace = uri === saml ? saml : uri === protocol ? protocol : uri;
    }
    // Stryker restore ConditionalExpression
    return this.lastNamespace;
  }

  private read(into: string[] | undefined): void {
    this.into = into;
    this.depth = this.path.length;
    this.textSoFar = '';
  }

  private valuesOf(name: string): string[] | undefined {
    if (!name.startsWith(awsAttribute)) return undefined;
    const own = name.slice(awsAttribute.length);
    const values = this.awsAttributes.get(own) ?? [];
    this.awsAttributes.set(own, values);
    return values;
  }

  private attributes(): Pick<
    Assertion,
    | 'roles'
    | 'unreadRoles'
    | 'sessionName'
    | 'sessionDuration'
    | 'sourceIdentity'
    | 'principalTags'
    | 'transitiveTagKeys'
  > {
    const sessionName = this.first('RoleSessionName');
    const sourceIdentity = this.first('SourceIdentity');
    const duration = this.first('SessionDuration');
    return {
      ...rolesOf(this.awsAttributes.get('Role') ?? []),
      principalTags: this.principalTags(),
      transitiveTagKeys: this.awsAttributes.get('TransitiveTagKeys') ?? [],
      ...(sessionName && { sessionName }),
      ...(sourceIdentity && { sourceIdentity }),
      ...(duration && /^\d{1,9}$/.test(duration) && { sessionDuration: Number(duration) }),
    };
  }

  private first(name: string): string | undefined {
    return this.awsAttributes.get(name)?.[0];
  }

  private principalTags(): Record<string, string> {
    const prefix = 'PrincipalTag:';
    const tags: [string, string][] = [];
    for (const [name, [value]] of this.awsAttributes) {
      if (name.startsWith(prefix) && value !== undefined) tags.push([name.slice(prefix.length), value]);
    }
    return Object.fromEntries(tags);
  }
}

/** Everything inside a SOAP header belongs to that header. */
function placeBelow(above: Place, local: string, uri: string): Place {
  const place = above.below[local];
  if (place !== undefined && (place.uri === undefined ? soap.test(uri) : place.uri === uri)) return place;
  return above.way === 'soap:Envelope soap:Header' ? above : elsewhere;
}

/** saxes checks how a prefix starts, but not the name after it (Namespaces in XML 1.0, NCName). */
function checkName(local: string, name: string): void {
  const letter = local.charCodeAt(0) | 0x20;
  // Stryker disable next-line ConditionalExpression,EqualityOperator: most names begin with a letter, which is quicker to see
  if ((letter < 0x61 || letter > 0x7a) && malformed.test(local))
    throw notXml({ is: 'name', name: short(name) });
}

const malformed = /^(?:[-.\d\u00b7\u203f\u2040]|[\u0300-\u036f])/;

/** saxes trims namespace names, but in XML a name with spaces around it is another namespace. */
function checkAttribute({ name, prefix, local, value }: SaxesAttributeNSIncomplete): void {
  checkName(local, name);
  if ((prefix === 'xmlns' || name === 'xmlns') && /[^\x21-\x7e]/.test(value)) {
    throw notSaml('namespace');
  }
}

/** By its whole name: with a prefix it is another attribute. */
function attribute(attributes: Attributes, name: string): string | undefined {
  return attributes[name]?.value;
}

/** An xs:dateTime, in UTC if it names no zone (SAML 2.0 core, section 1.3.3); anything else is invalid. */
function timeOf(attributes: Attributes, name: string): number | undefined {
  // Stryker disable next-line StringLiteral: neither is a time
  const read = dateTime.exec(attribute(attributes, name)?.trim() ?? '');
  if (read === null) return undefined;
  // Stryker disable next-line StringLiteral: where the tests run in UTC, no zone means the same
  const [, second, fraction = '', zone = 'Z'] = read;
  const parsed = Date.parse(second + fraction + zone);
  return Number.isNaN(parsed) ? undefined : parsed;
}

const dateTime = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:(\.\d{1,3})\d*)?(Z|[+-]\d\d:\d\d)?$/;

function rolesOf(values: string[]): Pick<Assertion, 'roles' | 'unreadRoles'> {
  const roles: Role[] = [];
  let unreadRoles = 0;
  const known = new Set<string>();
  for (const value of values) {
    const role = parseRoleValue(value);
    if (role === undefined) unreadRoles += 1;
    else if (known.size < known.add(`${role.roleArn} ${role.providerArn}`).size) roles.push(role);
  }
  return { roles, unreadRoles };
}
