import type { Assertion } from '../../src/core/assertion/assertion.ts';
import { decodeResponse } from '../../src/core/assertion/decode-response.ts';
import { readAssertion } from '../../src/core/assertion/read-assertion.ts';
import type { Result } from '../../src/core/result.ts';

/** Reads a SAMLResponse the way extension and CLI do. */
export function readPosted(posted: string): Result<Assertion> {
  const xml = decodeResponse(posted);
  return xml.ok ? readAssertion(xml.value) : xml;
}
