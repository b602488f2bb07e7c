import type { NameFault, TagFault } from '../../cause.ts';
import { remedies } from '../failures/english/remedies.ts';
import type { CauseWords } from './cause-words.ts';

const attribute = (name: string) => `https://aws.amazon.com/SAML/Attributes/${name}`;

const list = (values: string[], last = 'and') => values.join(', ').replace(/, ([^,]*)$/, ` ${last} $1`);

const askIdp = (what: string) => `Ask the administrator of your identity provider to ${what}.`;
const askAccount = (what: string) => `Ask the administrator of the AWS account to ${what}.`;

function nameWords(problem: NameFault | undefined): string {
  switch (problem?.is) {
    case 'short':
      return 'has fewer than 2 characters';
    case 'long':
      return `has ${problem.length} characters, and AWS accepts 64`;
    case 'reserved':
      return 'begins with aws:';
    case 'characters':
      return `has characters that AWS does not allow in it: ${problem.characters
        .map((character) => (character === ' ' ? 'space' : character))
        .join(' ')}`;
    case undefined:
      return 'is not 2 to 64 letters, digits or _+=,.@-';
  }
}

function tagWords(problem: TagFault | undefined): string {
  switch (problem?.is) {
    case 'many':
      return `The assertion has ${problem.count} session tags, and AWS accepts 50.`;
    case 'key':
      return `The session tag ${problem.key} has a name that AWS does not allow: up to 128 letters, digits, spaces or _.:/=+-@, not beginning with aws:.`;
    case 'value':
      return `The value of the session tag ${problem.key} is longer than 256 characters, or has characters that AWS does not allow in it.`;
    case 'doubled':
      return `The session tag ${problem.key} comes twice: AWS does not tell upper and lower case apart.`;
    case 'transitive':
      return `TransitiveTagKeys names ${problem.key}, which is not a session tag of the assertion.`;
    case undefined:
      return 'AWS does not accept the session tags of the assertion.';
  }
}

export const english: CauseWords = {
  'login-failed': ({ status }) => [
    status === ''
      ? 'The identity provider reported that the login failed.'
      : `The identity provider reported that the login failed: its status is ${status}.`,
    'Log in again. If that does not help, ask the administrator of your identity provider.',
  ],
  'too-large': ({ characters }) => [
    `The assertion has ${characters} characters; AWS accepts at most 100,000.`,
    askIdp('send fewer roles or attributes'),
  ],
  audience: ({ found, expected }) => [
    found.length === 0
      ? `The assertion has no audience; AWS expects ${expected}.`
      : `The assertion's audience is ${list(found)}, not ${expected}.`,
    askIdp(`set the audience (SP entity ID) to ${expected}`),
  ],
  recipient: ({ found, expected }) => [
    found.length === 0
      ? `The assertion has no recipient; AWS expects a sign-in URL such as ${expected}.`
      : `The assertion's recipient is ${list(found)}, not a sign-in URL of AWS such as ${expected}.`,
    askIdp(`set the assertion consumer service (ACS) URL to ${expected}`),
  ],
  'roles-missing': () => [
    'The assertion offers no role.',
    askIdp(`send the attribute ${attribute('Role')}, spelled exactly so`),
  ],
  'roles-unread': ({ count }) => [
    `${count === 1 ? 'A Role value of the assertion does' : `${count} Role values of the assertion do`} not hold the ARNs of a role and of a SAML provider.`,
    askIdp('send each as role ARN, comma, provider ARN'),
  ],
  'role-reserved': ({ roleArn }) => [
    `${roleArn} belongs to IAM Identity Center and cannot be assumed with an assertion.`,
    'Use aws sso login for it, or ask for a role of its own.',
  ],
  'arn-invalid': ({ arn }) => [
    `${arn} is not an ARN that AWS knows: an account has twelve digits.`,
    askIdp('correct it in the attribute Role'),
  ],
  'accounts-differ': ({ roleArn, providerArn }) => [
    `The assertion pairs ${roleArn} with a provider of another account: ${providerArn}.`,
    askIdp('pair each role with the SAML provider of its own account'),
  ],
  'session-name-missing': () => ['The assertion has no RoleSessionName.', remedies['session-name-missing']],
  'session-name-invalid': ({ problem }) => [
    `The RoleSessionName ${nameWords(problem)}.`,
    remedies['session-name-unfit'],
  ],
  'session-duration': ({ seconds }) => [
    `The SessionDuration is ${seconds} seconds, not 900 to 43,200.`,
    askIdp('send a SessionDuration of 900 to 43,200 seconds, or none'),
  ],
  'source-identity-invalid': ({ problem }) => [
    `The SourceIdentity ${nameWords(problem)}.`,
    remedies['source-identity-unfit'],
  ],
  'tags-invalid': ({ problem }) => [tagWords(problem), askIdp('correct the PrincipalTag attributes')],
  'tags-too-large': ({ count }) => [
    count === 0
      ? 'The session tags in the assertion are too large for AWS.'
      : `The ${count} session tags in the assertion are too large for AWS together.`,
    askIdp('send fewer or shorter PrincipalTag attributes'),
  ],
  'subject-missing': () => [
    'The assertion does not say whom it is about: its Subject has no NameID.',
    askIdp('send a NameID, such as a persistent one'),
  ],
  unsigned: () => ['The assertion is not signed.', askIdp('sign the assertion or the response')],
  'too-early': ({ from, minutes }) => [
    from === undefined
      ? "The identity provider's clock is ahead of AWS's."
      : `The assertion is not valid before ${from}: the identity provider's clock is ${minutes} min ahead of AWS's.`,
    remedies['too-early'],
  ],
  'old-when-seen': ({ minutes }) => [
    `The assertion was ${minutes} min old when the browser sent it: the identity provider's clock is behind AWS's, or an old page was sent again.`,
    'Log in again. If that does not help, ask the administrator of your identity provider to set its clock.',
  ],
  expired: ({ until }) => [
    until === undefined
      ? 'The assertion was redeemed too late: AWS accepts it for five minutes.'
      : `The assertion could be redeemed only until ${until}.`,
    'Log in again. If it happens at once, ask the administrator of your identity provider to check its clock.',
  ],
  'short-lived': ({ seconds }) => [
    `This identity provider's assertions are valid for ${seconds} seconds only.`,
    askIdp('make assertions for AWS valid for five minutes'),
  ],
  'provider-missing': ({ providerArn }) => [
    `The SAML provider ${providerArn} does not exist in the AWS account.`,
    remedies['provider-missing'],
  ],
  'other-issuer': ({ issuer, providerArn }) => [
    `The SAML provider ${providerArn} in IAM has the metadata of another identity provider, not of ${issuer || 'the one of this login'}.`,
    `${askAccount('upload the metadata of this identity provider')} If its entity ID was changed by mistake, change it back.`,
  ],
  signature: ({ providerArn }) => [
    `The assertion is signed with a certificate that ${providerArn} does not know.`,
    'Most likely the identity provider has a new certificate: ask the administrator of the AWS account to upload its new metadata to the SAML provider in IAM.',
  ],
  metadata: ({ providerArn }) => [`AWS cannot use the metadata of ${providerArn}.`, remedies.metadata],
  decryption: ({ providerArn }) => [
    `The assertion is encrypted, and AWS cannot read it with the keys of ${providerArn}.`,
    'Ask the administrators to let the identity provider encrypt with the certificate that belongs to the private key of the SAML provider in IAM.',
  ],
  'role-not-trusting': ({ roleArn, providerArn }) => [
    `There is no role ${roleArn}, or its trust policy does not let ${providerArn} assume it. Upper and lower case count.`,
    askAccount('check the name of the role, and to allow sts:AssumeRoleWithSAML in its trust policy'),
  ],
  'recipient-not-trusted': ({ found }) => [
    `The assertion's recipient is ${found}, and the trust policy of the role expects another one (SAML:aud).`,
    askAccount('add this recipient to the condition SAML:aud of the trust policy'),
  ],
  'tags-not-allowed': ({ keys }) => [
    `The assertion has session tags${keys.length === 0 ? '' : ` (${list(keys)})`}, and the trust policy of the role does not allow sts:TagSession.`,
    askAccount('add sts:TagSession to the trust policy of the role'),
  ],
  'source-identity-not-allowed': () => [
    'The assertion has a source identity, and the trust policy of the role does not allow sts:SetSourceIdentity.',
    askAccount('add sts:SetSourceIdentity to the trust policy of the role'),
  ],
  'duration-over-role': ({ seconds }) => [
    `The role does not allow sessions of ${seconds} seconds.`,
    `Ask for less, or ask the administrator of the AWS account to raise the role's maximum session duration.`,
  ],
  'region-disabled': ({ region, accountId }) => [
    `STS is not active in ${region} for the account ${accountId}.`,
    'Choose another region, or ask the administrator of the AWS account to activate STS there.',
  ],
  throttled: ({ accountId }) => [
    `Too many requests for the account ${accountId} reach AWS at once.`,
    'Wait a few seconds and try again. If it happens often, ask the administrator of the AWS account who asks so much.',
  ],
};
