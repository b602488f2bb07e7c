import {
  admin,
  assertionXml,
  awsAttribute,
  offering,
  provider,
  readOnly,
  responseXml,
  roleAttribute,
} from '../fixtures/response-xml.ts';

const pair = `${admin},${provider}`;
const decoy = 'arn:aws:iam::444455556666:role/Decoy,arn:aws:iam::444455556666:saml-provider/Stranger';

const full = responseXml(
  assertionXml(
    [
      roleAttribute(
        pair,
        `${provider},${readOnly}`,
        `arn:aws-cn:iam::111122223333:role/team/x,y,${provider}`,
      ),
      awsAttribute('RoleSessionName', 'jo@example.com'),
      awsAttribute('SessionDuration', '28800'),
      awsAttribute('SourceIdentity', 'jo'),
      awsAttribute('PrincipalTag:Team', 'blüe'),
      '<saml:Attribute Name="mail"><saml:AttributeValue>jo@example.com</saml:AttributeValue></saml:Attribute>',
    ].join('\n  '),
  ),
);

const soap = (namespace: string, xml: string) =>
  `<S:Envelope xmlns:S="${namespace}"><S:Header><a b="c"/></S:Header><S:Body>${xml}</S:Body></S:Envelope>`;

const oddlyWritten = offering(
  `arn:aws:iam::111122223333:role/Admin<!-- c -->ReadOnly,${provider}`,
  `<![CDATA[${admin}]]>,${provider}`,
  `arn:aws:iam::111122223333:role/A&#82;<?x y?>&#x4f;,${provider}`,
  `\n\t ${admin} ,\r\n ${provider} ,`,
  `<x>${admin}</x>,${provider}`,
);

/** With a role of a stranger in all the places from which none may be read. */
const decoys = responseXml(
  `<samlp:Extensions>${roleAttribute(decoy)}</samlp:Extensions>${assertionXml(
    `${roleAttribute(pair)}<x:y xmlns:x="urn:x">${roleAttribute(decoy)}</x:y>`,
  ).replace(
    '<saml:Subject>',
    '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>' +
      `<saml:AttributeStatement>${roleAttribute(decoy)}</saml:AttributeStatement></ds:Object></ds:Signature>` +
      `<saml:Advice>${roleAttribute(decoy)}</saml:Advice><saml:Subject>`,
  )}`,
);

const defaulted = responseXml(
  assertionXml(roleAttribute(pair))
    .replaceAll('saml:', '')
    .replace('<Assertion', '<Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"'),
);

const encrypted = responseXml(
  '<saml:EncryptedAssertion><xenc:EncryptedData xmlns:xenc="http://www.w3.org/2001/04/xmlenc#">' +
    '<xenc:CipherData><xenc:CipherValue>AAAA</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData></saml:EncryptedAssertion>',
);

/** Responses as identity providers write them: what the fuzzer begins with, and what it mixes them with. */
export const soundResponses: readonly string[] = [
  offering(pair),
  full,
  `<?xml version="1.0" encoding="UTF-8"?>\n<!-- é -->\n${full}\n`,
  soap('http://schemas.xmlsoap.org/soap/envelope/', offering(pair)),
  soap('http://www.w3.org/2003/05/soap-envelope', full),
  oddlyWritten,
  decoys,
  defaulted,
  full
    .replaceAll('saml:', 'a:')
    .replace('xmlns:saml', 'xmlns:a')
    .replaceAll('samlp:', 'b:')
    .replace('xmlns:samlp', 'xmlns:b'),
  encrypted,
];

/** An assertion, an attribute and a value of a stranger's, to be put where they do not belong. */
export const strangers: readonly string[] = [
  assertionXml(roleAttribute(decoy)),
  `<saml:AttributeStatement>${roleAttribute(decoy)}</saml:AttributeStatement>`,
  roleAttribute(decoy),
  `<saml:AttributeValue>${decoy}</saml:AttributeValue>`,
  offering(decoy),
];
