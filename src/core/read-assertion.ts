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

/** Follows the parser through the document and keeps what AWS would read. */
class Reader {
  /** For each open element the way to it, from the Response on where that has begun; see wayTo. */
  private readonly path: string[] = [];
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
  private reading: { depth: number; text: string; done: (text: string) => void } | undefined;
  private attributeName = '';
  private readonly values = new Map<string, string[]>();
  private readonly times: Pick<
    Assertion,
    'issuedAt' | 'notBefore' | 'notOnOrAfter' | 'bearerNotOnOrAfter' | 'sessionNotOnOrAfter'
  > = {};

  open(tag: SaxesTagNS): void {
    const here = wayTo(this.path.at(-1) ?? '', nameOf(tag));
    this.path.push(here);
    if (this.path.length > maxDepth) throw notSaml('its elements are nested too deep');
    if (this.ended) throw notSaml('it has elements behind its Response');
    if (hasMalformedName(tag)) throw notXml(`malformed name in ${tag.name}`);
    if (declaresNoUri(tag)) throw notSaml('it has a namespace that is no URI');
    if (this.base === -1) {
      this.openRoot(tag, here);
      return;
    }
    if (tag.uri === saml && tag.local === 'Assertion') this.countAssertion(here);
    if (tag.uri === saml && tag.local === 'EncryptedAssertion' && here === 'saml:EncryptedAssertion') {
      this.encryptedAssertions += 1;
    }
    if (this.reading === undefined) this.openKnown(here, tag.attributes);
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
    const { audiences, recipients } = this;
    return ok({ issuer, encrypted, audiences, recipients, ...this.attributes(), ...this.times });
  }

  private openRoot(tag: SaxesTagNS, way: string): void {
    if (way === 'samlp:Response' || way === 'soap:Envelope soap:Body samlp:Response') {
      this.base = this.path.length - 1;
      this.path[this.base] = '';
      const issued = timeOf(tag.attributes, 'IssueInstant');
      if (issued !== undefined) this.times.issuedAt = issued;
      return;
    }
    // ECP clients get the response inside a SOAP envelope (SAML 2.0 profiles, section 4.2).
    if (way === 'soap:Envelope' || way === 'soap:Envelope soap:Body' || way === soapHeader) return;
    throw notSaml(`it begins with ${tag.name}, not with a Response in the SAML 2.0 namespace`);
  }

  private countAssertion(here: string): void {
    this.assertions += 1;
    if (here !== 'saml:Assertion') throw notSaml('it has an assertion where none belongs');
  }

  /** Acts on the elements that AWS reads, each named by its way down from the Response. */
  private openKnown(here: string, attributes: Record<string, SaxesAttributeNS>): void {
    switch (here) {
      case 'saml:Issuer':
        this.read((text) => {
          this.responseIssuer = text.trim();
        });
        break;
      case 'samlp:Status samlp:StatusCode':
        this.status = attribute(attributes, 'Value')?.split(':').at(-1) ?? '';
        break;
      case 'saml:Assertion': {
        const issued = timeOf(attributes, 'IssueInstant');
        if (issued !== undefined) this.times.issuedAt = issued;
        break;
      }
      case 'saml:Assertion saml:Issuer':
        this.read((text) => {
          this.issuers.push(text.trim());
        });
        break;
      case 'saml:Assertion saml:Conditions': {
        const notBefore = timeOf(attributes, 'NotBefore');
        const notOnOrAfter = timeOf(attributes, 'NotOnOrAfter');
        if (notBefore !== undefined) this.times.notBefore = notBefore;
        if (notOnOrAfter !== undefined) this.times.notOnOrAfter = notOnOrAfter;
        break;
      }
      case 'saml:Assertion saml:Conditions saml:AudienceRestriction saml:Audience':
        this.read((text) => {
          this.audiences.push(text.trim());
        });
        break;
      case 'saml:Assertion saml:Subject saml:SubjectConfirmation saml:SubjectConfirmationData': {
        const recipient = attribute(attributes, 'Recipient');
        if (recipient !== undefined) this.recipients.push(recipient.trim());
        const end = timeOf(attributes, 'NotOnOrAfter');
        if (end !== undefined) this.times.bearerNotOnOrAfter = end;
        break;
      }
      case 'saml:Assertion saml:AuthnStatement': {
        const end = timeOf(attributes, 'SessionNotOnOrAfter');
        if (end !== undefined) this.times.sessionNotOnOrAfter = end;
        break;
      }
      case 'saml:Assertion saml:AttributeStatement saml:Attribute':
        this.attributeName = attribute(attributes, 'Name') ?? '';
        break;
      case 'saml:Assertion saml:AttributeStatement saml:Attribute saml:AttributeValue': {
        const name = this.attributeName;
        if (!name.startsWith(awsAttribute)) break;
        this.read((text) => {
          const values = this.values.get(name) ?? [];
          values.push(text.trim());
          this.values.set(name, values);
        });
        break;
      }
    }
  }

  private read(done: (text: string) => void): void {
    this.reading = { depth: this.path.length, text: '', done };
  }

  private attributes(): Pick<
    Assertion,
    'roles' | 'unreadRoles' | 'sessionName' | 'sessionDuration' | 'sourceIdentity' | 'principalTags'
  > {
    const all = (name: string) => this.values.get(awsAttribute + name) ?? [];
    const first = (name: string) => all(name)[0] || undefined;
    const sessionName = first('RoleSessionName');
    const sourceIdentity = first('SourceIdentity');
    const seconds = /^\d{1,9}$/.exec(first('SessionDuration') ?? '')?.[0];
    const roles = all('Role').map(parseRoleValue);
    return {
      roles: distinct(roles),
      unreadRoles: roles.filter((role) => role === undefined).length,
      principalTags: this.principalTags(),
      ...(sessionName === undefined ? {} : { sessionName }),
      ...(sourceIdentity === undefined ? {} : { sourceIdentity }),
      ...(seconds === undefined ? {} : { sessionDuration: Number(seconds) }),
    };
  }

  private principalTags(): Record<string, string> {
    const prefix = `${awsAttribute}PrincipalTag:`;
    const tags = [...this.values].filter(([name]) => name.startsWith(prefix));
    return Object.fromEntries(tags.map(([name, values]) => [name.slice(prefix.length), values[0] ?? '']));
  }
}

/** No name that is read is longer. */
const maxNameLength = 40;

const elsewhere = '*';
const soapHeader = 'soap:Envelope soap:Header';

/**
 * The names on the way to an element, joined by blanks. All that is below an element that is not read is `*`, and
 * all that is in a SOAP header is that header: depth and names of a hostile document shall cost nothing.
 */
function wayTo(above: string, name: string): string {
  if (above === elsewhere || above === soapHeader) return above;
  if (name === elsewhere) return elsewhere;
  return above === '' ? name : `${above} ${name}`;
}

/** `saml:Issuer` and the like, whatever prefix the document uses; `*` for what is not read. */
function nameOf(tag: SaxesTagNS): string {
  if (tag.local.length > maxNameLength) return elsewhere;
  if (tag.uri === saml) return `saml:${tag.local}`;
  if (tag.uri === protocol) return `samlp:${tag.local}`;
  if (soap.test(tag.uri)) return `soap:${tag.local}`;
  return elsewhere;
}

/** saxes looks at the beginning of a prefix, but not at that of the name behind it (Namespaces in XML 1.0, NCName). */
function hasMalformedName(tag: SaxesTagNS): boolean {
  if (malformed.test(tag.local)) return true;
  for (const name in tag.attributes) if (malformed.test(tag.attributes[name]?.local ?? '')) return true;
  return false;
}

const malformed = /^(?:[-.\d\u00b7\u203f\u2040]|[\u0300-\u036f])/;

/** saxes trims the names of namespaces, but to XML a name with blanks around it is that of another namespace. */
function declaresNoUri({ attributes }: SaxesTagNS): boolean {
  for (const name in attributes) {
    if (!name.startsWith('xmlns')) continue;
    const { prefix, value = '' } = attributes[name] ?? {};
    if ((prefix === 'xmlns' || name === 'xmlns') && /[^\x21-\x7e]/.test(value)) return true;
  }
  return false;
}

/** By its whole name: with a prefix it is another attribute. */
function attribute(attributes: Record<string, SaxesAttributeNS>, name: string): string | undefined {
  return attributes[name]?.value;
}

/** An xs:dateTime, in UTC when it names no zone (SAML 2.0 core, section 1.3.3); anything else is no time. */
function timeOf(attributes: Record<string, SaxesAttributeNS>, name: string): number | undefined {
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
    if (role === undefined || keys.has(`${role.roleArn} ${role.providerArn}`)) continue;
    keys.add(`${role.roleArn} ${role.providerArn}`);
    seen.push(role);
  }
  return seen;
}
