import type { ParamsOf } from '../../../failure-codes.ts';
import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { connection } from './reasons/logins.ts';
import { remedies } from './remedies.ts';

const unreachable = ({ reason, proxy, bundle, idleProxy }: ParamsOf<'sts-unreachable'>): string => {
  if (reason === 'certificate') {
    return bundle === undefined
      ? 'If your company inspects TLS, name a PEM file with the certificate of its CA in AWS_CA_BUNDLE.'
      : `The certificates in ${bundle} do not vouch for it either. If your company inspects TLS, add that of its CA.`;
  }
  if (proxy !== undefined) {
    return `It was asked through the proxy ${proxy}. Check whether that proxy lets it through, then try again.`;
  }
  return idleProxy === undefined
    ? 'Check the network, VPN and proxy, then try again.'
    : `${idleProxy} is set, but is for http addresses only. If this machine needs the proxy, set HTTPS_PROXY too.`;
};

export const sts = {
  'sts-expired': () => [
    'AWS says that the login has expired: it is valid for five minutes.',
    "Log in again. If it happens again at once, check this machine's clock.",
  ],
  'sts-invalid-token': (p, roleferry) => [
    `AWS does not accept the assertion: ${p.reason}`,
    words(remedies, p.remedy) +
      (p.remedy === 'unknown' ? ` To see what the assertion holds: ${roleferry} inspect` : ''),
  ],
  'sts-access-denied': (p) => [
    `AWS does not let this login assume ${p.roleArn}.`,
    'The trust policy of the role must allow sts:AssumeRoleWithSAML for your SAML provider; ask the administrator of the AWS account.',
  ],
  'sts-idp-rejected': () => [
    'The identity provider reported to AWS that the authentication failed.',
    'Log in again. If that does not help, ask the administrator of your identity provider.',
  ],
  'sts-duration': (p) => [
    `AWS refuses a session of ${p.seconds} seconds for this role.`,
    'Raise the maximum session duration of the role in IAM, or ask for less.',
  ],
  'sts-duration-chained': (p) => [
    `AWS refuses a session of ${p.seconds} seconds: from a role, at most one hour is possible.`,
    "Ask for 3600 seconds or less, or assume the role with a user's keys. IAM cannot raise this.",
  ],
  'sts-region-disabled': (p) => [
    `STS is not active in ${p.region} for this account.`,
    'Choose another region, or ask the administrator of the AWS account to activate STS there.',
  ],
  'sts-throttled': () => ['AWS is throttling requests.', 'Wait a few seconds and try again.'],
  'sts-unavailable': (p) => [
    `AWS STS answered with an error of its own (HTTP ${p.status}).`,
    'Try again in a moment. health.aws.amazon.com lists outages.',
  ],
  'sts-unreachable': (p) => [
    `${p.host} could not be reached: ${words(connection, p.reason)}${p.system === undefined ? '' : ` (${p.system})`}.`,
    unreachable(p),
  ],
  'sts-not-aws': (p) => [
    `What answered as ${p.host} is not AWS.`,
    'A proxy or a captive portal may be in between: open any web page, log in there, then try again.',
  ],
  'sts-refused': (p) => [
    `AWS refused: ${p.code}: ${p.reason}`,
    'Look the code up in the AWS STS documentation, or show it to the administrator of the AWS account.',
  ],
  'sts-tags-too-large': (p) => [
    `The session tags in the assertion are too large for AWS: ${p.reason}`,
    'Ask the administrator of your identity provider to send fewer or shorter PrincipalTag attributes.',
  ],
  'clock-skew': (p) => [
    `AWS says that the login has expired, and the clock of this machine is ${Math.abs(p.minutes)} minutes ${p.minutes > 0 ? 'behind' : 'ahead of'} AWS's.`,
    'Set the clock (best: automatically), then log in again.',
  ],
  'assume-role-denied': (p) => [
    `AWS does not let these credentials assume ${p.roleArn}.`,
    'The trust policy of the role and the policies of the caller must allow sts:AssumeRole, some only with MFA or an external ID; ask the administrator of the AWS account.',
  ],
  'mfa-refused': () => [
    'AWS does not accept the MFA code.',
    'Each code works once: wait for the next one, and check the serial number of the device.',
  ],
  'mfa-code-needed': (p) => [
    `The MFA device ${p.serialNumber} needs a code, and none was given.`,
    'Give the code with --mfa-token, or run this on a terminal to be asked for it.',
  ],
  'source-credentials-missing': (p) => [
    `There are no credentials to ask AWS with: ${p.reason}${p.profile === undefined ? '' : ` (AWS_PROFILE is ${p.profile})`}`,
    'Make a profile that has them with: aws configure, or name one with --source-profile',
  ],
  'source-credentials-refused': (p) => [
    `AWS does not accept the credentials used: ${p.reason}`,
    'They may have expired or been deleted: renew them, or name others with --source-profile',
  ],
  'sts-endpoint-invalid': () => [
    'What is set as endpoint_url of STS is not an address that begins with https:// or http://.',
    'Correct it where it is set (the AWS config file, AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_STS), or remove it.',
  ],
  'sts-redirected': (p) => [
    `What answered as ${p.host} redirects to another address. Roleferry does not follow: AWS never does that.`,
    'A proxy or a captive portal may be in between: open any web page, log in there, then try again.',
  ],
  'sts-other-role': (p) => [
    `${p.host} was asked for ${p.asked} and answered with ${p.given}, so the answer was dropped.`,
    'AWS does not do that: something else is answering. Tell the people who run your network.',
  ],
  'sts-plain-http': (p) => [
    `STS would be asked at ${p.host} over http, where anyone on the way can read and change everything.`,
    'Use an address that begins with https://. Only this machine may be asked over http: localhost, 127.0.0.1 or [::1].',
  ],
  'sts-endpoint-password': () => [
    'What is set as the endpoint of STS has a user name or a password in it.',
    'Correct it where it is set (the AWS config file, AWS_ENDPOINT_URL or AWS_ENDPOINT_URL_STS), or remove it.',
  ],
  'sts-endpoint-unclear': (p) => [
    `The AWS SDK cannot tell whom to ask: ${p.reason}.`,
    `Correct ${p.settings}, or the endpoint: AWS_ENDPOINT_URL_STS or AWS_ENDPOINT_URL in the environment, endpoint_url in the AWS config file.`,
  ],
  'sts-no-fips': (p) => [
    `Your administrator requires FIPS endpoints, and STS has none in ${p.region}.`,
    'Set one of these regions in the options: us-east-1, us-east-2, us-west-1 or us-west-2; or ask your administrator.',
  ],
  'partition-unknown': (p) => [
    `Roleferry does not know the partition ${p.partition} of ${p.arn}, so AWS was not asked.`,
    'Check the ARN for a typo. If AWS has a new partition, update Roleferry.',
  ],
  'partition-differs': (p) => [
    `${p.arn} is not in the partition ${p.partition}, where ${p.source} is. AWS keeps them apart.`,
    'Use a role and credentials of the same partition.',
  ],
  'tls-unverified': () => [
    'NODE_TLS_REJECT_UNAUTHORIZED=0 is set: nothing would check that AWS is answering, so AWS was not asked.',
    'Unset it. If your company has its own CA, set AWS_CA_BUNDLE. To ask anyway: --insecure-tls',
  ],
  'aws-setting-refused': (p) => [
    `The AWS SDK does not accept ${p.setting} = ${p.value || "''"} (${p.place}): ${p.reason}.`,
    'Correct or remove it there.',
  ],
} satisfies Partial<FailureWords>;
