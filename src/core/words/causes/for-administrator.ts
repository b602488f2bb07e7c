import type { Cause, CauseCode, CauseOf } from '../../cause.ts';

const attribute = (name: string) => `https://aws.amazon.com/SAML/Attributes/${name}`;

const inProvider = (what: string) => () => `In the identity provider: ${what}.`;
const inAccount = (what: string) => () => `In the AWS account: ${what}.`;

const sessionName = inProvider(
  `send the attribute ${attribute('RoleSessionName')} with 2 to 64 letters, digits or _+=,.@- and no spaces, such as the e-mail address`,
);
const setClock = inProvider('check its clock');

/** What mends each cause, said to whoever can do it. */
const remedies: { [C in CauseCode]: (cause: CauseOf<C>) => string } = {
  'login-failed': inProvider('see its log for why this login failed'),
  'too-large': inProvider('send fewer roles or attributes'),
  audience: ({ expected }) => inProvider(`set the audience (SP entity ID) to ${expected}`)(),
  recipient: ({ expected }) => inProvider(`set the assertion consumer service (ACS) URL to ${expected}`)(),
  'roles-missing': inProvider(`send the attribute ${attribute('Role')}, spelled exactly so`),
  'roles-unread': inProvider('send each value of the attribute Role as role ARN, comma, provider ARN'),
  'role-reserved': inAccount('create a role of its own; this one is for IAM Identity Center alone'),
  'arn-invalid': inProvider('correct this ARN in the attribute Role'),
  'accounts-differ': inProvider('pair each role with the SAML provider of its own account'),
  'session-name-missing': sessionName,
  'session-name-invalid': sessionName,
  'session-duration': inProvider('send a SessionDuration of 900 to 43,200 seconds, or none'),
  'source-identity-invalid': inProvider(
    'send a SourceIdentity of 2 to 64 letters, digits or _+=,.@- that does not begin with aws:',
  ),
  'tags-invalid': inProvider('correct the PrincipalTag attributes'),
  'tags-too-large': inProvider('send fewer or shorter PrincipalTag attributes'),
  'subject-missing': inProvider('send a NameID, such as a persistent one'),
  unsigned: inProvider('sign the assertion or the response'),
  'too-early': setClock,
  'old-when-seen': setClock,
  expired: setClock,
  'short-lived': inProvider('make assertions for AWS valid for five minutes'),
  'provider-missing': () =>
    'In the AWS account: create this SAML provider in IAM. Or in the identity provider: correct its ARN in the attribute Role.',
  'other-issuer': () =>
    'In the AWS account: upload the metadata of this identity provider to the SAML provider in IAM. If its entity ID was changed by mistake, change it back.',
  signature: inAccount('upload the new metadata of the identity provider to the SAML provider in IAM'),
  metadata: inAccount('upload the metadata of the identity provider to the SAML provider in IAM again'),
  decryption: inProvider(
    'encrypt with the certificate that belongs to the private key of the SAML provider in IAM',
  ),
  'role-not-trusting': inAccount(
    'check the name of the role, and allow sts:AssumeRoleWithSAML in its trust policy',
  ),
  'recipient-not-trusted': inAccount('add this recipient to the condition SAML:aud of the trust policy'),
  'tags-not-allowed': inAccount('add sts:TagSession to the trust policy of the role'),
  'source-identity-not-allowed': inAccount('add sts:SetSourceIdentity to the trust policy of the role'),
  'duration-over-role': ({ seconds }) =>
    inAccount(`raise the role's maximum session duration to ${seconds} seconds`)(),
  'region-disabled': ({ region }) => inAccount(`activate STS in ${region}`)(),
  throttled: inAccount('see in CloudTrail who calls STS so often'),
};

/** What the administrator can do about a cause that is fit to be shown. */
export const remedyForAdministrator = (cause: Cause): string =>
  (remedies[cause.code] as (cause: Cause) => string)(cause);
