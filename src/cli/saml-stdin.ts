import { decodeResponse } from '../core/decode-response.ts';
import { failure } from '../core/failure.ts';
import { findResponse } from '../core/find-response.ts';
import { type Assertion, readAssertion } from '../core/read-assertion.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { isTerminal } from './is-terminal.ts';
import { readStdin } from './read-stdin.ts';

/** The SAML response on stdin of `command`: base64 as STS wants it, and what the assertion in it says. */
export async function samlOnStdin(
  command: string,
): Promise<Result<{ assertion: Assertion; response: string }>> {
  const response = isTerminal(0) ? failed(failure('assertion-missing')) : findResponse(await readStdin());
  if (!response.ok) {
    const { hint } = response.failure;
    return failed({ ...response.failure, hint: hint.replace('roleferry saml', command) });
  }
  const xml = decodeResponse(response.value);
  if (!xml.ok) return xml;
  const assertion = readAssertion(xml.value);
  return assertion.ok ? ok({ assertion: assertion.value, response: response.value }) : assertion;
}
