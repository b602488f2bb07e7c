import { SaxesParser } from 'saxes';
import { failure } from '../failure.ts';
import { failed, type Result } from '../result.ts';
import type { Assertion } from './assertion.ts';
import { notXml, Refusal, short } from './refusal.ts';
import { ResponseReader } from './response-reader.ts';
import { checkAttribute } from './xml-names.ts';

/**
 * Reads a SAML 2.0 response (XML text), and only what is where the SAML schema puts it: attributes of the response's
 * one assertion, in the SAML namespaces, by their exact names. A value is its whole text: comments and processing
 * instructions are dropped, CDATA and references resolved.
 *
 * Sources: SAML 2.0 core (OASIS), sections 2 and 3; IAM user guide, "Configure SAML assertions for the authentication
 * response".
 */
export function readAssertion(xml: string): Result<Assertion> {
  const reader = new ResponseReader();
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
