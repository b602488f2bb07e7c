import { decodeResponse } from '../assertion/decode-response.ts';
import { readAssertion } from '../assertion/read-assertion.ts';
import type { Role } from '../aws/role.ts';
import type { ReadResponse } from '../diagnosis/assertion-faults.ts';
import { likeliestCause } from '../diagnosis/likeliest-cause.ts';
import { missingStatements } from '../diagnosis/trust-policy.ts';
import type { Failure } from '../failure.ts';
import { readStsError } from './sts-failure.ts';

/** What STS was asked, and what was learnt meanwhile. */
interface Asked {
  /** The SAMLResponse, base64. */
  response: string;
  role: Role;
  region: string;
  host: string;
  seconds: number | undefined;
  /** When the browser sent the response; milliseconds since the epoch. */
  seenAt?: number;
  /** How far AWS's clock is ahead of this machine's, in milliseconds. */
  clockOffset: number;
}

/** Whether AWS itself answered, and the answer is about the assertion. */
const isRefusal = ({ code, details }: Failure): boolean =>
  details !== undefined &&
  code !== 'sts-not-aws' &&
  code !== 'sts-unavailable' &&
  !code.startsWith('sts-session-policy-');

/**
 * The failure with what STS was asked when it refused, the likeliest cause, and what the role's trust policy lacks.
 * `error` is what the SDK threw. Failures other than refusals stay as they are.
 */
export function explained(failure: Failure, error: unknown, asked: Asked): Failure {
  if (!isRefusal(failure)) return failure;
  const { role, region, host, seconds, seenAt, clockOffset } = asked;
  const { name: code, message } = readStsError(error);
  const response = read(asked.response);
  const at = Date.now();
  const cause = likeliestCause({
    ...{ code, message, role, region, seconds, response },
    now: at + clockOffset,
    seenAt: seenAt && seenAt + clockOffset,
  });
  const statements = cause && missingStatements(cause, role, response?.assertion, message);
  return {
    ...failure,
    refusal: {
      roleArn: role.roleArn,
      providerArn: role.providerArn,
      issuer: response?.assertion.issuer ?? '',
      host,
      at,
      ...(seconds !== undefined && { seconds }),
      ...(cause && { cause }),
      ...(statements && { statements }),
    },
  };
}

function read(response: string): ReadResponse | undefined {
  const xml = decodeResponse(response);
  const assertion = xml.ok ? readAssertion(xml.value) : xml;
  return assertion.ok
    ? { assertion: assertion.value, characters: response.replace(/\s/g, '').length }
    : undefined;
}
