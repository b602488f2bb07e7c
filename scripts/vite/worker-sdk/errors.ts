import { ServiceException } from '@smithy/core/client';

/** Stands for the SDK's exceptions, each a class written out there; nothing here asks for more than their names. */
// @__NO_SIDE_EFFECTS__
const exception = (name: string) =>
  class extends ServiceException {
    constructor(options: object) {
      super({ name, $fault: 'client', $metadata: {}, ...options });
    }
  };

export const ExpiredTokenException = exception('ExpiredTokenException');
export const MalformedPolicyDocumentException = exception('MalformedPolicyDocumentException');
export const PackedPolicyTooLargeException = exception('PackedPolicyTooLargeException');
export const RegionDisabledException = exception('RegionDisabledException');
export const IDPRejectedClaimException = exception('IDPRejectedClaimException');
export const InvalidIdentityTokenException = exception('InvalidIdentityTokenException');
export const IDPCommunicationErrorException = exception('IDPCommunicationErrorException');
export const InvalidAuthorizationMessageException = exception('InvalidAuthorizationMessageException');
export const ExpiredTradeInTokenException = exception('ExpiredTradeInTokenException');
export const JWTPayloadSizeExceededException = exception('JWTPayloadSizeExceededException');
export const OutboundWebIdentityFederationDisabledException = exception(
  'OutboundWebIdentityFederationDisabledException',
);
export const SessionDurationEscalationException = exception('SessionDurationEscalationException');
