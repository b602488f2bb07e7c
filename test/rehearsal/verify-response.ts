import { refusals } from './refusal.ts';
import { type SamlSession, samlSession } from './saml-session.ts';
import { childrenOf, samlNamespace, signedAssertion, type UnverifiedResponse } from './signed-assertion.ts';
import type { Provider, RolePair } from './world.ts';

/** What a verified assertion says. Dates in milliseconds since the epoch. */
export interface Claims extends SamlSession {
  issuer: string;
  /** Who it is about; empty if the assertion does not say. */
  subject: string;
  /** As STS names it: `persistent`, `transient`, or the whole format URN. */
  subjectType: string;
  recipient: string;
  roles: RolePair[];
  roleSessionName: string;
  sessionNotOnOrAfter: number | undefined;
}

const redeemableFor = 5 * 60 * 1000;
const audience = /^urn:amazon:webservices(:[\w-]+)?$/;
const attributePrefix = 'https://aws.amazon.com/SAML/Attributes/';

/** The issuer that the response names, which only chooses the certificate to verify with. */
export const claimedIssuer = (response: UnverifiedResponse): string => issuerOf(response.assertion);

/**
 * Verifies a response as AWS does: status, issuer, signature, audience, recipient, validity, the five
 * minutes to redeem it, session name, source identity and session tags. Throws the refusal that AWS answers with.
 *
 * Rules: IAM user guide, "Configure SAML assertions for the authentication response".
 */
export function verifyResponse(
  response: UnverifiedResponse,
  provider: Pick<Provider, 'issuer' | 'certificatePem'>,
  now: number,
): Claims {
  const status = descendant(response.root, 'StatusCode')?.getAttribute('Value');
  if (status !== 'urn:oasis:names:tc:SAML:2.0:status:Success') throw refusals.identityProviderSaysNo();
  if (claimedIssuer(response) !== provider.issuer) throw refusals.issuerUnknown();
  const assertion = signedAssertion(response, provider.certificatePem);
  if (issuerOf(assertion) !== provider.issuer) throw refusals.issuerUnknown();

  const conditions = descendant(assertion, 'Conditions');
  const confirmation = descendant(assertion, 'SubjectConfirmationData');
  if (!texts(conditions, 'Audience').some((text) => audience.test(text) || isSignInUrl(text)))
    throw refusals.audience();
  const recipient = confirmation?.getAttribute('Recipient') ?? '';
  if (!isSignInUrl(recipient)) throw refusals.recipient();

  const notBefore = date(conditions, 'NotBefore');
  if (notBefore !== undefined && now < notBefore) throw refusals.notYetValid();
  const ends = [date(conditions, 'NotOnOrAfter'), date(confirmation, 'NotOnOrAfter')];
  if (ends.every((end) => end === undefined)) throw refusals.notSaml();
  if (ends.some((end) => end !== undefined && now >= end)) throw refusals.responseExpired();
  const issued = date(assertion, 'IssueInstant');
  if (issued === undefined) throw refusals.notSaml();
  if (now >= issued + redeemableFor) throw refusals.notRedeemedInTime();

  const nameId = descendant(assertion, 'NameID');
  const format = nameId?.getAttribute('Format') ?? '';
  return {
    issuer: provider.issuer,
    subject: nameId?.textContent?.trim() ?? '',
    subjectType: /nameid-format:(persistent|transient)$/.exec(format)?.[1] ?? format,
    recipient,
    roles: attributeValues(assertion, 'Role').flatMap(rolePair),
    roleSessionName: sessionName(attributeValues(assertion, 'RoleSessionName')[0]),
    ...samlSession(awsAttributes(assertion)),
    sessionNotOnOrAfter: date(descendant(assertion, 'AuthnStatement'), 'SessionNotOnOrAfter'),
  };
}

function isSignInUrl(recipient: string): boolean {
  if (!URL.canParse(recipient)) return false;
  const url = new URL(recipient);
  return (
    url.protocol === 'https:' &&
    /^(?:[a-z0-9-]+\.)?signin(?:-fips)?\./.test(url.hostname) &&
    /^\/saml(?:\/acs\/[\w-]+)?$/.test(url.pathname)
  );
}

/** Both orders are in use: `role,provider` and `provider,role`. */
function rolePair(value: string): RolePair[] {
  const parts = value.split(',').map((part) => part.trim());
  const role = parts.find((part) => part.includes(':role/'));
  const provider = parts.find((part) => part.includes(':saml-provider/'));
  return parts.length === 2 && role && provider ? [{ role, provider }] : [];
}

function sessionName(value: string | undefined): string {
  if (value === undefined) throw refusals.sessionNameMissing();
  if (!/^[\w+=,.@-]{2,64}$/.test(value)) throw refusals.sessionNameInvalid();
  return value;
}

/** AWS's attributes, by their names without the prefix. */
const awsAttributes = (assertion: Element): [name: string, values: string[]][] =>
  Array.from(assertion.getElementsByTagNameNS(samlNamespace, 'Attribute'))
    .map((attribute) => ({ attribute, name: attribute.getAttribute('Name') ?? '' }))
    .filter(({ name }) => name.startsWith(attributePrefix))
    .map(({ attribute, name }) => [name.slice(attributePrefix.length), texts(attribute, 'AttributeValue')]);

const attributeValues = (assertion: Element, name: string): string[] =>
  awsAttributes(assertion).flatMap(([each, values]) => (each === name ? values : []));

const texts = (parent: Element | undefined, name: string): string[] =>
  Array.from(parent?.getElementsByTagNameNS(samlNamespace, name) ?? [], (e) => e.textContent?.trim() ?? '');

const descendant = (parent: Element, name: string): Element | undefined =>
  parent.getElementsByTagNameNS('*', name)[0];

const issuerOf = (element: Element): string =>
  childrenOf(element, samlNamespace, 'Issuer')[0]?.textContent?.trim() ?? '';

function date(element: Element | undefined, attribute: string): number | undefined {
  const text = element?.getAttribute(attribute);
  if (!text) return undefined;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw refusals.notSaml();
  return time;
}
