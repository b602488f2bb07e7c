import type { Assertion } from '../../core/assertion/assertion.ts';
import { decodeResponse } from '../../core/assertion/decode-response.ts';
import { findResponse } from '../../core/assertion/find-response.ts';
import { readAssertion } from '../../core/assertion/read-assertion.ts';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { callHere } from './called/call-here.ts';
import type { ProgramName } from './called/call-of.ts';
import { isTerminal } from './is-terminal.ts';
import { readStdin } from './read-stdin.ts';

/** The SAML response on stdin of `program command`: base64 as STS wants it, and what the assertion in it says. */
export async function samlOnStdin(
  program: ProgramName,
  command: string,
): Promise<Result<{ assertion: Assertion; response: string }>> {
  const typed = isTerminal(0) ? undefined : await readStdin();
  const response = typed === undefined ? failed(failure('assertion-missing', {})) : findResponse(typed);
  const cut = typed && cutAt(typed);
  if (!response.ok) {
    if (cut !== undefined) return failed(failure('assertion-cut', { characters: cut }));
    const call = `${callHere(program)} ${command}`;
    return failed({ ...response.failure, params: { ...response.failure.params, program: call } });
  }
  const xml = decodeResponse(response.value);
  const assertion = xml.ok ? readAssertion(xml.value) : xml;
  if (assertion.ok) return ok({ assertion: assertion.value, response: response.value });
  return cut === undefined ? assertion : failed(failure('assertion-cut', { characters: cut }));
}

/** How many characters of a line a terminal passes on, without the line's end: on Linux, and on macOS. */
const terminalLines = [4095, 1023, 1024];

/** The length at which a terminal may have cut one long line; `undefined` if it looks whole. */
function cutAt(typed: Uint8Array): number | undefined {
  const lines = Buffer.from(typed).toString('latin1').trimEnd().split(/\r?\n/);
  const [only = '', ...others] = lines;
  return others.length === 0 ? terminalLines.find((length) => only.length === length) : undefined;
}
