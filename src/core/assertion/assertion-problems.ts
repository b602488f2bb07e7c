import { parseSignInHost } from '../aws/sign-in-host.ts';
import { maxResponseCharacters } from './decode-response.ts';
import type { Assertion } from './read-assertion.ts';
import { redeemableUntil } from './redeemable.ts';

/**
 * What would stop AWS from accepting an assertion at `now` (milliseconds since the epoch), in sentences. AWS may have
 * further reasons that only it knows: the signature, the provider in IAM, the role's trust policy.
 *
 * Source: IAM user guide, "Configure SAML assertions for the authentication response" and "Troubleshoot SAML
 * federation".
 */
export function assertionProblems(assertion: Assertion, response: string, now: number): string[] {
  const { length } = response.replace(/\s/g, '');
  const { status } = assertion;
  const ofWhole = [
    ...(status === '' || status === 'Success'
      ? []
      : [`Its status is ${status}: the identity provider says that the login failed.`]),
    ...(length > maxResponseCharacters ? [`It has ${length} characters; AWS takes at most 100,000.`] : []),
  ];
  if (assertion.encrypted) return [...ofWhole, ...timeProblems(assertion, now)];
  return [
    ...ofWhole,
    ...timeProblems(assertion, now),
    ...addressProblems(assertion),
    ...roleProblems(assertion),
    ...sessionProblems(assertion),
  ];
}

function timeProblems(assertion: Assertion, now: number): string[] {
  const problems: string[] = [];
  const { notBefore } = assertion;
  // Stryker disable next-line ConditionalExpression: no time is before none
  if (notBefore !== undefined && now < notBefore) {
    problems.push(`It is not valid before ${time(notBefore)}.`);
  }
  const end = redeemableUntil(assertion);
  if (now >= end) problems.push(`It could be redeemed until ${time(end)}; log in again.`);
  return problems;
}

function addressProblems({ audiences, recipients }: Assertion): string[] {
  const problems: string[] = [];
  if (!audiences.some((audience) => audience === 'urn:amazon:webservices' || isSignInUrl(audience))) {
    problems.push(`Its audience is ${list(audiences)}, not urn:amazon:webservices.`);
  }
  if (!recipients.some(isSignInUrl)) {
    problems.push(
      `Its recipient is ${list(recipients)}, not a sign-in URL of AWS such as https://signin.aws.amazon.com/saml.`,
    );
  }
  return problems;
}

function roleProblems({ roles, unreadRoles }: Assertion): string[] {
  const problems: string[] = [];
  if (roles.length === 0 && unreadRoles === 0) problems.push('It offers no role.');
  if (unreadRoles > 0) {
    problems.push(`${unreadRoles} of its Role values do not hold the ARNs of a role and of a SAML provider.`);
  }
  if (roles.some(({ roleArn }) => /\/AWSReservedSSO_[^/]*$/.test(roleArn))) {
    problems.push(
      'Roles named AWSReservedSSO_… belong to IAM Identity Center and cannot be assumed with it.',
    );
  }
  return problems;
}

function sessionProblems({ sessionName, sessionDuration }: Assertion): string[] {
  const problems: string[] = [];
  if (sessionName === undefined) problems.push('It has no RoleSessionName.');
  else if (!/^[\w+=,.@-]{2,64}$/.test(sessionName)) {
    problems.push('Its RoleSessionName is not 2 to 64 letters, digits or _+=,.@-.');
  }
  // Stryker disable next-line ConditionalExpression: none is out of bounds
  if (sessionDuration !== undefined && (sessionDuration < 900 || sessionDuration > 43_200)) {
    problems.push(`Its SessionDuration is ${sessionDuration} seconds, not 900 to 43,200.`);
  }
  return problems;
}

function isSignInUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url?.protocol === 'https:' &&
    parseSignInHost(url.hostname) !== undefined &&
    /^\/saml(\/|$)/.test(url.pathname)
  );
}

const time = (milliseconds: number) => new Date(milliseconds).toISOString();

const list = (values: string[]) => (values.length === 0 ? 'missing' : values.join(' and '));
