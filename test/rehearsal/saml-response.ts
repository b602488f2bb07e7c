import { randomUUID } from 'node:crypto';
import { SignedXml } from 'xml-crypto';
import { type AssertionCipher, encryptAssertion } from './encrypted-assertion.ts';
import { signInHostOf } from './hosts.ts';
import { escapeMarkup } from './html.ts';
import type { Idp, IdpUser, RolePair } from './world.ts';

/** What a response says where it differs from what the world would make the identity provider say. */
export interface ResponseOptions {
  roles?: RolePair[];
  /** `null` leaves the attribute out. */
  roleSessionName?: string | null;
  /** Seconds. */
  sessionDuration?: number;
  /** Session tags, by their keys. */
  tags?: Record<string, string>;
  transitiveTagKeys?: string[];
  sourceIdentity?: string;
  /** `null` leaves the NameID out. */
  nameId?: null;
  issueInstant?: Date;
  notBefore?: Date;
  notOnOrAfter?: Date;
  /** `null` leaves it out. */
  sessionNotOnOrAfter?: Date | null;
  issuer?: string;
  /** The sign-in host that the response is for, e.g. `us-west-2.signin.aws.amazon.com`. */
  destinationHost?: string;
  /** A whole URL in place of the destination host's. */
  recipient?: string;
  audience?: string;
  /** The last word of the status URN: `Success`, `AuthnFailed` … */
  status?: string;
  /** Also sign the response around the assertion. */
  signResponse?: boolean;
  /** What an identity provider that encrypts uses for it. */
  cipher?: AssertionCipher;
  /** Changes the XML after it was signed. */
  tamper?: (xml: string) => string;
}

/** Makes the SAML response that `idp` gives `user`: XML, the assertion in it signed, then encrypted if `idp` does. */
export function makeResponseXml(idp: Idp, user: IdpUser, options: ResponseOptions = {}): string {
  const signedAssertion = sign(unsignedResponse(idp, user, options), idp, 'Assertion');
  const encrypted = encryptIfAsked(signedAssertion, idp, options.cipher);
  const signed = options.signResponse ? sign(encrypted, idp, 'Response') : encrypted;
  return options.tamper?.(signed) ?? signed;
}

function encryptIfAsked(xml: string, { encryption }: Idp, cipher?: AssertionCipher): string {
  if (encryption === undefined) return xml;
  return xml.replace(/<saml:Assertion .*<\/saml:Assertion>/s, (assertion) =>
    encryptAssertion(assertion, encryption.certificatePem, cipher),
  );
}

const encode = (xml: string) => Buffer.from(xml).toString('base64');

/** The same as the form field `SAMLResponse` carries it: base64 of UTF-8. */
export const makeResponse = (idp: Idp, user: IdpUser, options?: ResponseOptions): string =>
  encode(makeResponseXml(idp, user, options));

/**
 * Where `idp` posts a response: the sign-in page of the partition of the first role, and there the address
 * of the one provider that can decrypt it, if it is encrypted.
 */
export function signInUrl(
  { encryption }: Pick<Idp, 'encryption'>,
  roles: RolePair[],
  destinationHost?: string,
): string {
  const partition = roles[0]?.role.split(':')[1] ?? 'aws';
  const path = encryption === undefined ? '/saml' : `/saml/acs/${encryption.providerId}`;
  return `https://${destinationHost ?? signInHostOf(partition)}${path}`;
}

const attributeName = (name: string) => `https://aws.amazon.com/SAML/Attributes/${name}`;

const attribute = (name: string, values: string[]) =>
  `<saml:Attribute Name="${attributeName(name)}" NameFormat="urn:oasis:names:tc:SAML:2.0:attrname-format:uri">${values
    .map(
      (value) =>
        `<saml:AttributeValue xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="xs:string">${escapeMarkup(value)}</saml:AttributeValue>`,
    )
    .join('')}</saml:Attribute>`;

function unsignedResponse(idp: Idp, user: IdpUser, options: ResponseOptions): string {
  const minute = 60_000;
  const roles = options.roles ?? user.roles;
  const issued = options.issueInstant ?? new Date();
  const at = (date: Date) => date.toISOString();
  const after = (minutes: number) => new Date(issued.getTime() + minutes * minute);
  const issueInstant = at(issued);
  const notOnOrAfter = at(options.notOnOrAfter ?? after(5));
  const sessionEnd = options.sessionNotOnOrAfter === undefined ? after(12 * 60) : options.sessionNotOnOrAfter;
  const recipient = escapeMarkup(options.recipient ?? signInUrl(idp, roles, options.destinationHost));
  const sessionName =
    options.roleSessionName === undefined ? `${user.name}@rehearsal.test` : options.roleSessionName;
  const duration = options.sessionDuration ?? user.sessionDuration;
  const issuer = `<saml:Issuer>${escapeMarkup(options.issuer ?? idp.issuer)}</saml:Issuer>`;

  return [
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"',
    ` ID="_${randomUUID()}" Version="2.0" IssueInstant="${issueInstant}" Destination="${recipient}">`,
    issuer,
    `<samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:${options.status ?? 'Success'}"/></samlp:Status>`,
    // Declares its own namespace, for it stands alone when it was decrypted.
    `<saml:Assertion ID="_${randomUUID()}" Version="2.0" IssueInstant="${issueInstant}" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion">`,
    issuer,
    '<saml:Subject>',
    options.nameId === null
      ? ''
      : `<saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">${escapeMarkup(user.name)}</saml:NameID>`,
    '<saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">',
    `<saml:SubjectConfirmationData NotOnOrAfter="${notOnOrAfter}" Recipient="${recipient}"/>`,
    '</saml:SubjectConfirmation></saml:Subject>',
    `<saml:Conditions NotBefore="${at(options.notBefore ?? issued)}" NotOnOrAfter="${notOnOrAfter}">`,
    `<saml:AudienceRestriction><saml:Audience>${escapeMarkup(options.audience ?? 'urn:amazon:webservices')}</saml:Audience></saml:AudienceRestriction>`,
    '</saml:Conditions>',
    `<saml:AuthnStatement AuthnInstant="${issueInstant}" SessionIndex="_${randomUUID()}"${sessionEnd === null ? '' : ` SessionNotOnOrAfter="${at(sessionEnd)}"`}>`,
    '<saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:PasswordProtectedTransport</saml:AuthnContextClassRef></saml:AuthnContext>',
    '</saml:AuthnStatement>',
    '<saml:AttributeStatement>',
    attribute(
      'Role',
      roles.map(({ role, provider }) => `${role},${provider}`),
    ),
    sessionName === null ? '' : attribute('RoleSessionName', [sessionName]),
    duration === undefined ? '' : attribute('SessionDuration', [String(duration)]),
    ...Object.entries(options.tags ?? {}).map(([key, value]) => attribute(`PrincipalTag:${key}`, [value])),
    options.transitiveTagKeys === undefined ? '' : attribute('TransitiveTagKeys', options.transitiveTagKeys),
    options.sourceIdentity === undefined ? '' : attribute('SourceIdentity', [options.sourceIdentity]),
    '</saml:AttributeStatement></saml:Assertion></samlp:Response>',
  ].join('');
}

/** Puts the identity provider's signature into one element of a response. */
export function sign(xml: string, idp: Idp, element: 'Assertion' | 'Response'): string {
  const xpath = element === 'Response' ? '/*' : "/*/*[local-name(.)='Assertion']";
  const signer = new SignedXml({
    privateKey: idp.privateKeyPem,
    publicCert: idp.certificatePem,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    canonicalizationAlgorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#',
    getKeyInfoContent: SignedXml.getKeyInfoContent,
  });
  signer.addReference({
    xpath,
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    transforms: [
      'http://www.w3.org/2000/09/xmldsig#enveloped-signature',
      'http://www.w3.org/2001/10/xml-exc-c14n#',
    ],
  });
  signer.computeSignature(xml, {
    prefix: 'ds',
    location: { reference: `${xpath}/*[local-name(.)='Issuer']`, action: 'after' },
  });
  return signer.getSignedXml();
}
