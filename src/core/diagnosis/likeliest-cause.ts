import { redeemableUntil } from '../assertion/redeemable.ts';
import { accountOfArn } from '../aws/account-number.ts';
import type { Role } from '../aws/role.ts';
import type { Cause, CauseCode } from '../cause.ts';
import {
  assertionFaults,
  audienceFault,
  isoTime,
  pairFault,
  type ReadResponse,
  recipientFault,
  tooEarly,
} from './assertion-faults.ts';
import { nameFault, sourceIdentityFault, tagFault } from './session-faults.ts';
import { trustNeeds } from './trust-policy.ts';

/** What STS gives where no duration is asked for. */
const unaskedSeconds = 3600;

/** All that is known when STS has refused an assertion. Times in milliseconds since the epoch, by AWS's clock. */
export interface Evidence {
  /** AWS's error code and its words. */
  code: string;
  message: string;
  role: Role;
  region: string;
  /** The duration that was asked for, in seconds. */
  seconds?: number | undefined;
  now: number;
  /** When the login was seen in the browser, where that is known. */
  seenAt?: number | undefined;
  /** `undefined` if it could not be read. */
  response: ReadResponse | undefined;
}

/**
 * The likeliest cause why STS refused an assertion: by AWS's code and words, and where they leave it open by what the
 * assertion says. `undefined` if neither tells anything.
 *
 * Sources: STS API reference, AssumeRoleWithSAML, "Errors"; IAM user guide, "Troubleshoot SAML federation with IAM".
 */
export function likeliestCause(evidence: Evidence): Cause | undefined {
  const { code, role, region, seconds = unaskedSeconds } = evidence;
  // Stryker disable next-line StringLiteral: each role has an account
  const accountId = accountOfArn(role.roleArn) ?? '';
  switch (code.replace(/Exception$/, '')) {
    case 'InvalidIdentityToken':
      return ofInvalidToken(evidence);
    case 'ExpiredToken':
      return ofExpiry(evidence);
    case 'IDPRejectedClaim':
      return fault(evidence, 'login-failed') ?? { code: 'login-failed', status: '' };
    case 'AccessDenied':
      return ofDenial(evidence);
    case 'PackedPolicyTooLarge':
      return { code: 'tags-too-large', count: tagKeys(evidence).length };
    case 'RegionDisabled':
      return { code: 'region-disabled', region, accountId };
    case 'Throttling':
    case 'RequestLimitExceeded':
      return { code: 'throttled', accountId };
    case 'ValidationError':
    case 'InvalidParameterValue':
      return ofParameters(evidence, seconds);
    default:
      return undefined;
  }
}

/** A fault of the assertion that shows without AWS, with this code. */
const fault = ({ response, now }: Evidence, code: CauseCode): Cause | undefined =>
  response && assertionFaults(response, now).find((cause) => cause.code === code);

const readable = ({ response }: Evidence) =>
  response?.assertion.encrypted === false ? response.assertion : undefined;

const tagKeys = (evidence: Evidence): string[] => Object.keys(readable(evidence)?.principalTags ?? {});

/** By the words of the IAM user guide for each way in which an assertion can be wrong. */
function ofInvalidToken(evidence: Evidence): Cause | undefined {
  const { message, role, response, now } = evidence;
  const { providerArn } = role;
  const assertion = readable(evidence);
  const says = (words: RegExp) => words.test(message);
  if (says(/RoleSessionName is required/i)) return { code: 'session-name-missing' };
  if (says(/RoleSessionName/i)) {
    return (
      fault(evidence, 'session-name-missing') ?? nameCause('session-name-invalid', assertion?.sessionName)
    );
  }
  if (says(/Source ?Identity/i)) return nameCause('source-identity-invalid', assertion?.sourceIdentity);
  if (says(/signature/i)) return fault(evidence, 'unsigned') ?? { code: 'signature', providerArn };
  if (says(/Issuer not present/i)) {
    return { code: 'other-issuer', issuer: response?.assertion.issuer ?? '', providerArn };
  }
  if (says(/provider doesn.?t exist/i)) return pairFault(role) ?? { code: 'provider-missing', providerArn };
  if (says(/audience/i) && assertion) return audienceFault(assertion);
  if (says(/recipient/i) && assertion) return recipientFault(assertion);
  if (says(/not yet valid/i)) {
    const from = assertion?.notBefore ?? response?.assertion.issuedAt;
    return from === undefined || from <= now ? { code: 'too-early' } : tooEarly(from, now);
  }
  if (says(/metadata/i)) return { code: 'metadata', providerArn };
  if (response?.assertion.encrypted) return { code: 'decryption', providerArn };
  return response && assertionFaults(response, now)[0];
}

const nameCause = (
  code: 'session-name-invalid' | 'source-identity-invalid',
  name: string | undefined,
): Cause => {
  const find = code === 'session-name-invalid' ? nameFault : sourceIdentityFault;
  const problem = name === undefined ? undefined : find(name);
  return { code, ...(problem && { problem }) };
};

/** An identity provider that gives less than this leaves no time for a login. */
const shortMilliseconds = 60_000;

/** AWS takes an assertion for five minutes after its issue, and until it ends by its own words. */
function ofExpiry({ response, seenAt, now }: Evidence): Cause {
  const { issuedAt } = response?.assertion ?? {};
  const end = response ? redeemableUntil(response.assertion) : Number.POSITIVE_INFINITY;
  if (issuedAt !== undefined && end - issuedAt < shortMilliseconds) {
    return { code: 'short-lived', seconds: Math.max(0, Math.round((end - issuedAt) / 1000)) };
  }
  if (issuedAt === undefined || end > now) return { code: 'expired' };
  if (seenAt !== undefined && seenAt >= end) {
    return { code: 'old-when-seen', minutes: Math.round((seenAt - issuedAt) / 60_000) };
  }
  return { code: 'expired', until: isoTime(end) };
}

/**
 * What is wrong for certain comes first, then what the assertion needs of the trust policy. If it needs nothing
 * unusual, the role is misspelt, or does not trust the provider.
 */
function ofDenial(evidence: Evidence): Cause {
  const { message, role } = evidence;
  const assertion = readable(evidence);
  if (/sts:TagSession/.test(message)) return { code: 'tags-not-allowed', keys: tagKeys(evidence) };
  if (/sts:SetSourceIdentity/.test(message)) return { code: 'source-identity-not-allowed' };
  return (
    pairFault(role) ??
    fault(evidence, 'subject-missing') ??
    (assertion && trustNeeds(assertion)[0]) ?? {
      code: 'role-not-trusting',
      roleArn: role.roleArn,
      providerArn: role.providerArn,
    }
  );
}

function ofParameters(evidence: Evidence, seconds: number): Cause | undefined {
  const { message, role } = evidence;
  const arn = [role.roleArn, role.providerArn].find((each) => message.includes(`${each} is invalid`));
  if (arn !== undefined) return { code: 'arn-invalid', arn };
  if (/sAMLAssertion/i.test(message)) return fault(evidence, 'too-large');
  if (/DurationSeconds|MaxSessionDuration/i.test(message)) return { code: 'duration-over-role', seconds };
  if (!/\btags?\b|TagKey/i.test(message)) return undefined;
  const assertion = readable(evidence);
  const problem = assertion && tagFault(assertion);
  return { code: 'tags-invalid', ...(problem && { problem }) };
}
