import { DOMParser } from '@xmldom/xmldom';
import { SignedXml } from 'xml-crypto';
import { refusals } from './refusal.ts';

export const samlNamespace = 'urn:oasis:names:tc:SAML:2.0:assertion';
const protocolNamespace = 'urn:oasis:names:tc:SAML:2.0:protocol';
const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';

/** A SAML response as it arrived: nothing in it is to be believed yet. */
export interface UnverifiedResponse {
  xml: string;
  root: Element;
  assertion: Element;
}

/** Parses base64 of a SAML response that holds exactly one assertion; refuses everything else. */
export function parseResponse(base64: string): UnverifiedResponse {
  const compact = base64.replace(/\s/g, '');
  if (!/^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(compact))
    throw refusals.notBase64();
  const xml = Buffer.from(compact, 'base64').toString('utf8');
  const root = parseXml(xml);
  const assertions = root.getElementsByTagNameNS('*', 'Assertion');
  const assertion = childrenOf(root, samlNamespace, 'Assertion')[0];
  if (
    root.localName !== 'Response' ||
    root.namespaceURI !== protocolNamespace ||
    assertions.length !== 1 ||
    assertion === undefined
  ) {
    throw refusals.notSaml();
  }
  return { xml, root, assertion };
}

/**
 * The assertion as it was signed with the key of `certificatePem`.
 *
 * What comes back is parsed from the very bytes that the signature covers, never from the document around
 * them, so an assertion that was wrapped around or moved beside the signed one is not seen at all.
 * A signature must be a child of the response or of its assertion, and refer to just that element.
 */
export function signedAssertion(response: UnverifiedResponse, certificatePem: string): Element {
  const signed = [response.assertion, response.root].flatMap((owner) =>
    childrenOf(owner, signatureNamespace, 'Signature').map((signature) =>
      signedElement(response.xml, owner, signature, certificatePem),
    ),
  );
  const [element] = signed;
  if (element === undefined) throw refusals.signatureInvalid();
  const assertion =
    element.localName === 'Response' ? childrenOf(element, samlNamespace, 'Assertion')[0] : element;
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
