import type { Role } from '../aws/role.ts';
import type { SessionPolicy } from '../aws/session-policy.ts';
import { type Failure, failure } from '../failure.ts';
import type { Reason } from '../failure-reasons.ts';
import { printable } from '../words/printable.ts';
import { connectionProblem } from './connection-problem.ts';
import { FailedRequest } from './failed-request.ts';

/** What was asked when STS refused. */
interface Asked {
  role: Pick<Role, 'roleArn'>;
  region: string;
  seconds: number | undefined;
  /** The host that was asked. */
  host: string;
  sessionPolicy?: SessionPolicy | undefined;
}

/** The parts of an SDK error that we use, fit to be shown; anything thrown may lack all of them. */
interface StsError {
  name: string;
  message: string;
  status: number | undefined;
  requestId: string | undefined;
}

/** Node's error for an invalid URL; browsers have no configuration that could contain one. */
export const invalidUrl = 'ERR_INVALID_URL';

/** A request that was not sent, because it would have gone to another machine over plain http. */
export const plainHttp = 'PLAIN_HTTP';

/** An answer that only names another address. */
export const redirected = 'REDIRECTED';

/** Why STS refused, as a failure; AWS's wording and request ID go into `details`. */
export function stsFailure(error: unknown, asked: Asked): Failure {
  if (error instanceof FailedRequest) return error.failure;
  const sts = readStsError(error);
  const { host } = asked;
  switch ((error as { code?: unknown } | undefined)?.code) {
    case invalidUrl:
      return failure('sts-endpoint-invalid');
    case plainHttp:
      return failure('sts-plain-http', { host });
    case redirected:
      return failure('sts-redirected', { host });
  }
  if (sts.name === 'EndpointError') return refusedBySdk(sts.message);
  if (sts.status === undefined) {
    return failure('sts-unreachable', { host, reason: reasonOf(error) });
  }
  const details = [
    `${sts.name}: ${sts.message}`,
    `HTTP ${sts.status}`,
    ...(sts.requestId === undefined ? [] : [`request ID ${sts.requestId}`]),
  ].join('\n');
  return { ...explain(sts, sts.status, asked), details };
}

/** Settings that contradict each other, such as FIPS with a custom endpoint: nobody was asked yet. */
const refusedBySdk = (words: string): Failure =>
  failure('sts-endpoint-unclear', { reason: words, settings: settingsMeant(words) });

/** The settings that the SDK's words about an impossible endpoint refer to, in the config file and as a variable. */
function settingsMeant(words: string): string {
  const settings = [
    ...(/fips/i.test(words) ? ['use_fips_endpoint (AWS_USE_FIPS_ENDPOINT in the environment)'] : []),
    ...(/dualstack/i.test(words) ? ['use_dualstack_endpoint (AWS_USE_DUALSTACK_ENDPOINT)'] : []),
  ];
  return settings.length > 0 ? settings.join(' or ') : 'the region';
}

function explain({ name, message }: StsError, status: number, asked: Asked): Failure {
  const aboutPolicy = asked.sessionPolicy && ofSessionPolicy(name, message, asked.sessionPolicy);
  if (aboutPolicy !== undefined) return aboutPolicy;
  switch (name) {
    case 'ExpiredTokenException':
      return failure('sts-expired');
    case 'InvalidIdentityToken':
    case 'InvalidIdentityTokenException':
      return invalidToken(message);
    case 'IDPRejectedClaim':
    case 'IDPRejectedClaimException':
      return failure('sts-idp-rejected');
    case 'PackedPolicyTooLarge':
    case 'PackedPolicyTooLargeException':
      return failure('sts-tags-too-large', { reason: message });
    case 'AccessDenied':
      return failure('sts-access-denied', { roleArn: asked.role.roleArn });
    case 'RegionDisabledException':
      return failure('sts-region-disabled', { region: asked.region });
    case 'Throttling':
    case 'ThrottlingException':
      return failure('sts-throttled');
    case 'ValidationError':
      if (/DurationSeconds/i.test(message) && asked.seconds !== undefined) {
        // Only AWS's words tell: temporary credentials do not say whether a role or a user has them.
        const code = /role chaining/.test(message) ? 'sts-duration-chained' : 'sts-duration';
        return failure(code, { seconds: asked.seconds });
      }
  }
  if (status === 429) return failure('sts-throttled');
  // The SDK could not read a good answer, or one without a code, which all of STS's have; networks that require a
  // login answer 511 (RFC 6585).
  const strange =
    // Stryker disable next-line EqualityOperator: answers of 300 are redirects, of which nothing is read
    status < 300 ||
    status === 511 ||
    (status < 500 && /^(Unknown|UnknownError|NotFound|(Syntax|Type)?Error)$/.test(name));
  if (strange) return failure('sts-not-aws', { host: asked.host });
  if (status >= 500) return failure('sts-unavailable', { status });
  return failure('sts-refused', { code: name, reason: message });
}

/** What AWS says against a session policy. Only the codes are certain, and that AWS quotes the ARN that it refuses. */
function ofSessionPolicy(
  name: string,
  message: string,
  { policyArns = [] }: SessionPolicy,
): Failure | undefined {
  const code = name.replace(/Exception$/, '');
  if (code === 'PackedPolicyTooLarge') {
    const [, percent] = /(\d+)\s?%/.exec(message) ?? [];
    return failure('sts-session-policy-large', percent === undefined ? {} : { percent: Number(percent) });
  }
  if (policyArns.some((arn) => message.includes(arn))) {
    return failure('sts-session-policy-missing', { reason: message });
  }
  return code === 'MalformedPolicyDocument'
    ? failure('sts-session-policy-refused', { reason: message })
    : undefined;
}

/**
 * What is wrong with an assertion, by AWS's words for it. Source: IAM user guide, "Troubleshoot SAML federation with
 * IAM".
 */
const remedies: [words: RegExp, remedy: Reason<'token'>][] = [
  [/RoleSessionName is required/i, 'session-name-missing'],
  [/RoleSessionName/i, 'session-name-unfit'],
  [/Source ?Identity/i, 'source-identity-unfit'],
  [/signature/i, 'signature'],
  [/Issuer not present/i, 'other-issuer'],
  [/provider doesn.?t exist/i, 'provider-missing'],
  [/audience/i, 'audience'],
  [/not yet valid/i, 'too-early'],
  [/metadata/i, 'metadata'],
];

function invalidToken(message: string): Failure {
  // AWS adds internals of its services in brackets, which help only AWS.
  const reason = message.replace(/ \(Service: .*\)/, '');
  const remedy = remedies.find(([words]) => words.test(reason))?.[1] ?? 'unknown';
  return failure('sts-invalid-token', { reason, remedy });
}

/** What the SDK says about a refusal. */
export function readStsError(error: unknown): StsError {
  const { name, message, $metadata, $response } = (error ?? {}) as {
    name?: unknown;
    message?: unknown;
    $metadata?: { httpStatusCode?: number; requestId?: string };
    $response?: { statusCode?: number };
  };
  return {
    name: printable(String(name ?? 'Error')).slice(0, 100),
    message: printable(withoutSecrets(String(message ?? '')).replace(/\s*[\r\n]+\s*/g, ' ')),
    status: $metadata?.httpStatusCode ?? $response?.statusCode,
    requestId: $metadata?.requestId && printable($metadata.requestId).slice(0, 100),
  };
}

function reasonOf(error: unknown): Reason<'connection'> {
  const known = connectionProblem((error ?? {}) as { code?: unknown; name?: unknown });
  if (known !== undefined) return known;
  if (globalThis.navigator?.onLine === false) return 'offline';
  return 'unclear';
}

/** STS quotes the value it refuses, which may be the assertion. */
export const withoutSecrets = (message: string) => message.replace(/[\w+/=-]{100,}/g, '…').slice(0, 500);
