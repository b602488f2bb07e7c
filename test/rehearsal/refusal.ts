/**
 * How AWS turns a request down. Thrown inside the rehearsal and answered at its edge.
 * Codes and statuses after the STS service model; wordings after the IAM guide "Troubleshoot SAML" and
 * what AWS has been seen to answer. Where no wording is known to the public, the sentence is ours.
 */
export class Refusal extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const invalidToken = (message: string) => new Refusal(400, 'InvalidIdentityToken', message);
const expiredToken = (message: string) => new Refusal(400, 'ExpiredTokenException', message);
const invalidParameter = (message: string) => new Refusal(400, 'ValidationError', message);
const badSignature = (message: string) => new Refusal(403, 'SignatureDoesNotMatch', message);

const discovery = (error: string) =>
  `(Service: AWSOpenIdDiscoveryService; Status Code: 400; Error Code: ${error}; Request ID: 00000000-0000-4000-8000-000000000000; Proxy: null)`;

export const refusals = {
  // The SAML response
  notBase64: () =>
    invalidToken(`Invalid base64 SAMLResponse ${discovery('AuthSamlInvalidSamlResponseException')}`),
  notSaml: () => invalidToken('The SAML response cannot be parsed'),
  notDecryptable: () => invalidToken('The encrypted assertion cannot be decrypted'),
  identityProviderSaysNo: () =>
    new Refusal(
      403,
      'IDPRejectedClaim',
      'The identity provider (IdP) reported that authentication failed. This might be because the claim is invalid.',
    ),
  providerMissing: () =>
    invalidToken(`Specified provider doesn't exist ${discovery('AuthSamlManifestNotFoundException')}`),
  issuerUnknown: () =>
    invalidToken(
      `Issuer not present in specified provider ${discovery('AuthSamlInvalidSamlResponseException')}`,
    ),
  signatureInvalid: () => invalidToken('Response signature invalid'),
  audience: () => invalidToken('Response does not contain the required audience.'),
  recipient: () => invalidToken('Response does not contain the required recipient.'),
  notYetValid: () => invalidToken('Response is not yet valid'),
  responseExpired: () => expiredToken('Response has expired'),
  notRedeemedInTime: () => expiredToken('Token must be redeemed within 5 minutes of issuance'),
  sessionNameMissing: () => invalidToken('RoleSessionName is required in AuthnResponse'),
  sessionNameInvalid: () =>
    invalidToken('RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}'),
  sourceIdentityInvalid: () =>
    invalidToken('Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"'),
  tagsInvalid: () => invalidParameter('Unable to validate tags'),
  /** The guide names it for a role that is not there or does not trust the provider, a lack of sts:TagSession too. */
  notAuthorizedWithSaml: () =>
    new Refusal(403, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML'),

  // Parameters
  missingParameter: (name: string) =>
    invalidParameter(
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    ),
  constraint: (name: string, constraint: string, value?: string) =>
    invalidParameter(
      `1 validation error detected: Value ${value === undefined ? '' : `'${value}' `}at '${name}' failed to satisfy constraint: ${constraint}`,
    ),
  notAnArn: (value: string) => invalidParameter(`${value} is invalid`),
  durationAboveRole: () =>
    invalidParameter('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'),
  durationAboveChaining: () =>
    invalidParameter(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.',
    ),
  policyNotJson: () => new Refusal(400, 'MalformedPolicyDocument', 'Syntax errors in policy.'),
  policyTooLarge: (percent: number) =>
    new Refusal(
      400,
      'PackedPolicyTooLarge',
      `Packed policy consumes ${percent}% of allotted space, please use smaller policy.`,
    ),
  unknownAction: (action: string, version: string) =>
    new Refusal(400, 'InvalidAction', `Could not find operation ${action} for version ${version}`),

  // Signature version 4
  notSigned: () => new Refusal(403, 'MissingAuthenticationToken', 'Request is missing Authentication Token'),
  incomplete: (message: string) => new Refusal(400, 'IncompleteSignature', message),
  unknownKey: () =>
    new Refusal(403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'),
  credentialsExpired: () =>
    new Refusal(403, 'ExpiredToken', 'The security token included in the request is expired'),
  wrongSignature: () =>
    badSignature(
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    ),
  signedTooEarly: (date: string, now: string) =>
    badSignature(`Signature expired: ${date} is now earlier than ${now} (5 min.)`),
  signedTooLate: (date: string, now: string) =>
    badSignature(`Signature not yet current: ${date} is still later than ${now} (5 min.)`),
  wrongScope: (message: string) => badSignature(message),

  // AssumeRole
  notAuthorized: (caller: string, role: string, action = 'AssumeRole') =>
    new Refusal(
      403,
      'AccessDenied',
      `User: ${caller} is not authorized to perform: sts:${action} on resource: ${role}`,
    ),
  notAllowed: (caller: string, action: string, resource: string) =>
    new Refusal(
      400,
      'AccessDeniedException',
      `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`,
    ),
  managedPolicyMissing: (arn: string) =>
    new Refusal(400, 'MalformedPolicyDocument', `Policy ${arn} does not exist or is not attachable.`),
  malformedPolicy: (message: string) => new Refusal(400, 'MalformedPolicyDocument', message),
  doubledTag: () =>
    new Refusal(
      400,
      'InvalidParameterValue',
      'Duplicate tag keys found. Please note that Tag keys are case insensitive.',
    ),
  wrongMfaCode: () =>
    new Refusal(403, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.'),
};
