import type { Assertion } from '../assertion/assertion.ts';
import { maxResponseCharacters } from '../assertion/decode-response.ts';
import { redeemableUntil } from '../assertion/redeemable.ts';
import { accountOfArn } from '../aws/account-number.ts';
import type { Role } from '../aws/role.ts';
import type { Cause } from '../cause.ts';
import { nameFault, sourceIdentityFault, tagFault } from './session-faults.ts';
import { partitionOfSignInUrl, usualAudience, usualSignInUrl } from './sign-in-url.ts';

/** An assertion as it came: what it says, and how many characters of base64 it has. */
export interface ReadResponse {
  assertion: Assertion;
  characters: number;
}

/**
 * What keeps AWS from taking an assertion at `now` (milliseconds since the epoch), as far as the assertion tells. AWS
 * may have further reasons that only it knows: the provider in IAM and its certificates, the role's trust policy.
 *
 * Source: IAM user guide, "Configure SAML assertions for the authentication response" and "Troubleshoot SAML
 * federation".
 */
export function assertionFaults({ assertion, characters }: ReadResponse, now: number): Cause[] {
  const { status } = assertion;
  const ofWhole: Cause[] = [
    ...(status === '' || status === 'Success' ? [] : [{ code: 'login-failed', status } as const]),
    ...(characters > maxResponseCharacters ? [{ code: 'too-large', characters } as const] : []),
    ...timeFaults(assertion, now),
  ];
  if (assertion.encrypted) return ofWhole;
  return [
    ...ofWhole,
    ...(assertion.signed ? [] : [{ code: 'unsigned' } as const]),
    ...addressFaults(assertion),
    ...(assertion.hasSubject ? [] : [{ code: 'subject-missing' } as const]),
    ...roleFaults(assertion),
    ...sessionFaults(assertion),
  ];
}

function timeFaults(assertion: Assertion, now: number): Cause[] {
  const { notBefore } = assertion;
  const end = redeemableUntil(assertion);
  return [
    ...(notBefore !== undefined && now < notBefore ? [tooEarly(notBefore, now)] : []),
    ...(now >= end ? [{ code: 'expired', until: isoTime(end) } as const] : []),
  ];
}

/** `from` and `now` in milliseconds since the epoch. */
export const tooEarly = (from: number, now: number): Cause => ({
  code: 'too-early',
  from: isoTime(from),
  minutes: Math.ceil((from - now) / 60_000),
});

export const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** AWS takes its entity id or a sign-in URL as the audience, and a sign-in URL as the recipient. */
function addressFaults(assertion: Assertion): Cause[] {
  const { audiences, recipients } = assertion;
  const isAudience = (text: string) =>
    /^urn:amazon:webservices(:[\w-]+)?$/.test(text) || partitionOfSignInUrl(text) !== undefined;
  return [
    ...(audiences.some(isAudience) ? [] : [audienceFault(assertion)]),
    ...(recipients.some(partitionOfSignInUrl) ? [] : [recipientFault(assertion)]),
  ];
}

const partitionIdOf = ({ roles }: Assertion): string => roles[0]?.roleArn.split(':')[1] ?? 'aws';

export const audienceFault = (assertion: Assertion): Cause => ({
  code: 'audience',
  found: assertion.audiences,
  expected: usualAudience(partitionIdOf(assertion)),
});

export const recipientFault = (assertion: Assertion): Cause => ({
  code: 'recipient',
  found: assertion.recipients,
  expected: usualSignInUrl(partitionIdOf(assertion)),
});

function roleFaults({ roles, unreadRoles }: Assertion): Cause[] {
  const faults: Cause[] = roles.flatMap((role) => pairFault(role) ?? []);
  if (unreadRoles > 0) faults.unshift({ code: 'roles-unread', count: unreadRoles });
  else if (roles.length === 0) faults.push({ code: 'roles-missing' });
  return faults;
}

/**
 * What keeps AWS from taking a role with its provider, whatever their policies say. A role can trust only providers of
 * its own account, and those of Identity Center none but its own.
 */
export function pairFault({ roleArn, providerArn }: Role): Cause | undefined {
  const unfit = [roleArn, providerArn].find((arn) => accountOfArn(arn)?.length !== 12);
  if (unfit !== undefined) return { code: 'arn-invalid', arn: unfit };
  if (/\/AWSReservedSSO_[^/]*$/.test(roleArn)) return { code: 'role-reserved', roleArn };
  const isSameAccount = accountOfArn(roleArn) === accountOfArn(providerArn);
  return isSameAccount ? undefined : { code: 'accounts-differ', roleArn, providerArn };
}

function sessionFaults(assertion: Assertion): Cause[] {
  const { sessionName, sessionDuration, sourceIdentity } = assertion;
  const ofName = nameFault(sessionName ?? '');
  const ofIdentity = sourceIdentity === undefined ? undefined : sourceIdentityFault(sourceIdentity);
  const ofTags = tagFault(assertion);
  const isInRange = sessionDuration === undefined || (sessionDuration >= 900 && sessionDuration <= 43_200);
  return [
    ...(sessionName === undefined
      ? [{ code: 'session-name-missing' } as const]
      : ofName === undefined
        ? []
        : [{ code: 'session-name-invalid', problem: ofName } as const]),
    ...(isInRange ? [] : [{ code: 'session-duration', seconds: sessionDuration } as const]),
    ...(ofIdentity === undefined ? [] : [{ code: 'source-identity-invalid', problem: ofIdentity } as const]),
    ...(ofTags === undefined ? [] : [{ code: 'tags-invalid', problem: ofTags } as const]),
  ];
}
