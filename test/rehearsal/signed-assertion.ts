import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { decryptAssertion } from './encrypted-assertion.ts';
import { refusals } from './refusal.ts';

export const samlNamespace = 'urn:oasis:names:tc:SAML:2.0:assertion';
const protocolNamespace = 'urn:oasis:names:tc:SAML:2.0:protocol';
const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** A SAML response as it arrived: nothing in it is to be believed yet. */
export interface UnverifiedResponse {
  xml: string;
  root: Element;
  assertion: Element;
  /** The document that the assertion stands in: its own if it came encrypted, else the response's. */
  assertionXml: string;
  decryptionKeyPem: string | undefined;
}

/**
 * Parses a base64 SAML response with exactly one assertion; refuses everything else. An encrypted one is decrypted,
 * and then checked like a plain one.
 */
export function parseResponse(base64: string, decryptionKeyPem?: string): UnverifiedResponse {
  const compact = base64.replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    throw refusals.notBase64();
  const xml = Buffer.from(compact, 'base64').toString('utf8');
  const root = parseXml(xml);
  const assertions = ['Assertion', 'EncryptedAssertion'].flatMap((name) =>
    Array.from(root.getElementsByTagNameNS('*', name)),
  );
  const held = assertionIn(root, xml, decryptionKeyPem);
  if (
    root.localName !== 'Response' ||
    root.namespaceURI !== protocolNamespace ||
    assertions.length !== 1 ||
    held === undefined
  ) {
    throw refusals.notSaml();
  }
  return { xml, root, assertion: held.assertion, assertionXml: held.xml, decryptionKeyPem };
}

/** The assertion of a response, with the document that it stands in. `xml` is the response's. */
function assertionIn(
  response: Element,
  xml: string,
  decryptionKeyPem: string | undefined,
): { assertion: Element; xml: string } | undefined {
  const [assertion] = childrenOf(response, samlNamespace, 'Assertion');
  if (assertion !== undefined) return { assertion, xml };
  const [encrypted] = childrenOf(response, samlNamespace, 'EncryptedAssertion');
  if (encrypted === undefined) return undefined;
  const decrypted = decryptedXml(encrypted, decryptionKeyPem);
  const root = parseXml(decrypted);
  const isAssertion = root.localName === 'Assertion' && root.namespaceURI === samlNamespace;
  return isAssertion ? { assertion: root, xml: decrypted } : undefined;
}

function decryptedXml(encrypted: Element, decryptionKeyPem: string | undefined): string {
  if (decryptionKeyPem === undefined) throw refusals.notDecryptable();
  try {
    return decryptAssertion(encrypted, decryptionKeyPem);
  } catch {
    throw refusals.notDecryptable();
  }
}

/**
 * The assertion as it was signed with the key of `certificatePem`.
 *
 * What comes back is parsed from the very bytes that the signature covers, never from the document around
 * them, so an assertion that was wrapped around or moved beside the signed one is not seen at all.
 * A signature must be a child of the response or of its assertion, and refer to just that element.
 */
export function signedAssertion(response: UnverifiedResponse, certificatePem: string): Element {
  const owners = [
    { owner: response.assertion, xml: response.assertionXml },
    { owner: response.root, xml: response.xml },
  ];
  const [element] = owners.flatMap(({ owner, xml }) =>
    childrenOf(owner, signatureNamespace, 'Signature').map((signature) =>
      signedElement(xml, owner, signature, certificatePem),
    ),
  );
  if (element === undefined) throw refusals.signatureInvalid();
  const assertion =
    element.localName === 'Response'
      ? assertionIn(element, response.xml, response.decryptionKeyPem)?.assertion
      : element;
  if (assertion?.localName !== 'Assertion' || assertion.namespaceURI !== samlNamespace) {
    throw refusals.signatureInvalid();
  }
  return assertion;
}

function signedElement(xml: string, owner: Element, signature: Element, certificatePem: string): Element {
  const verifier = new SignedXml({ publicCert: certificatePem, getCertFromKeyInfo: () => null });
  try {
    verifier.loadSignature(signature);
    if (!verifier.checkSignature(xml)) throw refusals.signatureInvalid();
  } catch {
    throw refusals.signatureInvalid();
  }
  const [reference, ...others] = verifier.getReferences();
  const [bytes] = verifier.getSignedReferences();
  const id = owner.getAttribute('ID');
  if (!id || others.length > 0 || reference?.uri !== `#${id}` || bytes === undefined) {
    throw refusals.signatureInvalid();
  }
  return parseXml(bytes);
}

/** The child elements of that name, not those further down. */
export function childrenOf(parent: Element, namespace: string, name: string): Element[] {
  return Array.from(parent.childNodes).filter(
    (node): node is Element =>
      node.nodeType === 1 &&
      (node as Element).localName === name &&
      (node as Element).namespaceURI === namespace,
  );
}

function parseXml(xml: string): Element {
  const refuse = () => {
    throw refusals.notSaml();
  };
  const parser = new DOMParser({ errorHandler: { warning: refuse, error: refuse, fatalError: refuse } });
  const document = parser.parseFromString(xml, 'text/xml');
  if (document?.documentElement == null || document.doctype != null) throw refusals.notSaml();
  return document.documentElement;
}
