import type { SaxesAttributeNS, SaxesTagNS } from 'saxes';
import { failure } from '../failure.ts';
import { failed, ok, type Result } from '../result.ts';
import type { Assertion } from './assertion.ts';
import { AwsAttributes } from './aws-attributes.ts';
import { outside, type Place, placeBelow, placesOf, protocol, saml } from './places.ts';
import { notSaml, short } from './refusal.ts';
import { checkName } from './xml-names.ts';
import { timeOf } from './xml-time.ts';

/** Deeper than any real response; limits what hostile input can make us keep. */
const maxDepth = 50;

type Attributes = Record<string, SaxesAttributeNS>;

type Times = Pick<
  Assertion,
  'issuedAt' | 'notBefore' | 'notOnOrAfter' | 'bearerNotOnOrAfter' | 'sessionNotOnOrAfter'
>;

type Open = (reader: ResponseReader, attributes: Attributes) => void;

/** Follows the parser through the document and keeps what AWS would read. */
export class ResponseReader {
  /** What to do at each element that AWS reads, by its path from the Response. */
  private static readonly inResponse = placesOf<Open>({
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
      reader.values = reader.aws.valuesOf(attribute(attributes, 'Name') ?? '');
    },
    'saml:Assertion saml:AttributeStatement saml:Attribute saml:AttributeValue': (reader) =>
      reader.read(reader.values),
  });

  /** The place of each open element, inside the Response once that has started. */
  private readonly path: Place<Open>[] = [];
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
  private readonly aws = new AwsAttributes();
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
      ...this.aws.read(),
      ...this.times,
    });
  }

  private openRoot(tag: SaxesTagNS, way: string): void {
    if (way === 'samlp:Response' || way === 'soap:Envelope soap:Body samlp:Response') {
      this.base = this.path.length - 1;
      this.path[this.base] = ResponseReader.inResponse;
      this.note('issuedAt', tag.attributes, 'IssueInstant');
      return;
    }
    // ECP clients get the response inside a SOAP envelope (SAML 2.0 profiles, section 4.2).
    if (way.startsWith('soap:')) return;
    throw notSaml({ is: 'root', name: short(tag.name) });
  }

  private note(time: keyof Times, attributes: Attributes, name: string): void {
    const text = attribute(attributes, name);
    const noted = text === undefined ? undefined : timeOf(text);
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
}

/** By its whole name: with a prefix it is another attribute. */
function attribute(attributes: Attributes, name: string): string | undefined {
  return attributes[name]?.value;
}
