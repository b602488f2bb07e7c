import type { Reason } from '../../../failure-reasons.ts';
import type { ReasonWords } from '../../../failure-words.ts';

/** What to do about each way in which AWS says that an assertion is wrong. */
export const remedies: ReasonWords<Reason<'token'>> = {
  'session-name-missing':
    'Ask the administrator of your identity provider to send the attribute https://aws.amazon.com/SAML/Attributes/RoleSessionName.',
  'session-name-unfit':
    'Ask the administrator of your identity provider to send a RoleSessionName of 2 to 64 letters, digits and _+=,.@- without spaces, such as the e-mail address.',
  'source-identity-unfit':
    'Ask the administrator of your identity provider to send a SourceIdentity of 2 to 64 letters, digits and _+=,.@- that does not begin with aws:.',
  signature:
    'The certificate of your identity provider has changed: ask the administrator of the AWS account to upload its new metadata to the SAML provider in IAM.',
  'other-issuer':
    'The SAML provider in IAM belongs to another identity provider: ask the administrator of the AWS account to upload the metadata of this one.',
  'provider-missing':
    'Ask the administrator of your identity provider to correct the ARN of the SAML provider in the attribute Role, or of the AWS account to create that provider.',
  audience:
    'Ask the administrator of your identity provider to set the audience (SP entity ID) to urn:amazon:webservices.',
  'too-early':
    'The clock of the identity provider is ahead of AWS: wait a minute and log in again. If that does not help, tell its administrator.',
  metadata:
    'Ask the administrator of the AWS account to upload the metadata of the identity provider to the SAML provider in IAM again.',
  unknown: 'Show this to the administrators of your AWS account and of your identity provider.',
};
