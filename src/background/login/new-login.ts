import type { Assertion } from '../../core/assertion/assertion.ts';
import { decodeResponse } from '../../core/assertion/decode-response.ts';
import { readAssertion } from '../../core/assertion/read-assertion.ts';
import { redeemableFor } from '../../core/assertion/redeemable.ts';
import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { Login } from '../state/login.ts';
import type { Capture } from './capture.ts';

/** Makes the record of a login from its POST, seen at `now` (ms since the epoch). */
export async function newLogin(capture: Capture, now: number): Promise<Login> {
  // Another thread makes the hash while this one reads.
  const id = idOf(capture.response ?? crypto.randomUUID());
  const read = readResponse(capture.response);
  const login = {
    id: await id,
    seenAt: now,
    signInHost: capture.signInHost,
    ...(capture.container === undefined ? {} : { container: capture.container }),
    sessions: [],
    chosenRoleArn: undefined,
  };
  if (!read.ok) {
    return {
      ...login,
      response: undefined,
      redeemBefore: now,
      issuer: '',
      sessionName: undefined,
      sessionDuration: undefined,
      roles: [],
      encrypted: false,
      failure: read.failure,
    };
  }
  const { issuer, encrypted, sessionName, sessionDuration, roles } = read.value;
  return {
    ...login,
    response: capture.response,
    redeemBefore: now + redeemableFor(read.value),
    issuer,
    sessionName,
    sessionDuration,
    roles,
    encrypted,
    failure: undefined,
  };
}

function readResponse(response: string | undefined): Result<Assertion> {
  if (response === undefined) return failed(failure('capture-no-body'));
  const xml = decodeResponse(response);
  if (!xml.ok) return xml;
  const assertion = readAssertion(xml.value);
  if (!assertion.ok) return assertion;
  if (!assertion.value.encrypted && assertion.value.roles.length === 0)
    return failed(failure('assertion-no-roles'));
  return ok(assertion.value);
}

/** The same SAMLResponse is posted again with the chosen role: 64 bits of its hash tell logins apart. */
async function idOf(response: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(response));
  return [...new Uint8Array(hash).subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
