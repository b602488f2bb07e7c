import { afterEach, describe, expect, it, vi } from 'vitest';
import { said, saying } from '../../../test/fixtures/said.ts';
import type { FailureCode } from '../failure.ts';
import { stsFailure } from './sts-failure.ts';

const roleArn = 'arn:aws-cn:iam::222233334444:role/Developer';
const readOnly = 'arn:aws-cn:iam::aws:policy/ReadOnlyAccess';
const asked = {
  host: 'sts.cn-north-1.amazonaws.com.cn',
  role: { roleArn, providerArn: 'arn:aws-cn:iam::222233334444:saml-provider/Okta' },
  region: 'cn-north-1',
  seconds: 7200,
};

/** An error as the SDK throws it for an answer of STS. */
const refusal = (name: string, message: string, httpStatusCode = 400) =>
  Object.assign(new Error(message), { name, $metadata: { httpStatusCode, requestId: 'request-1' } });

const overMaximum = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
const overChained =
  'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.';
const tooLong =
  "1 validation error detected: Value '99999' at 'durationSeconds' failed to satisfy constraint: Member must have value less than or equal to 43200";

describe('a refusal of STS in our words', () => {
  it.each<[code: FailureCode, name: string, message: string, status?: number]>([
    ['sts-expired', 'ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance'],
    ['sts-expired', 'ExpiredTokenException', 'Response has expired'],
    ['sts-invalid-token', 'InvalidIdentityToken', 'Response signature invalid'],
    ['sts-invalid-token', 'InvalidIdentityTokenException', 'Response is not yet valid'],
    ['sts-idp-rejected', 'IDPRejectedClaim', 'The identity provider reported a failure', 403],
    ['sts-idp-rejected', 'IDPRejectedClaimException', 'The identity provider reported a failure', 403],
    ['sts-access-denied', 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML', 403],
    ['sts-region-disabled', 'RegionDisabledException', 'STS is not activated in this region', 403],
    ['sts-throttled', 'Throttling', 'Rate exceeded'],
    ['sts-throttled', 'ThrottlingException', 'Rate exceeded'],
    ['sts-throttled', 'UnknownError', 'Too many requests', 429],
    ['sts-duration', 'ValidationError', overMaximum],
    ['sts-duration', 'ValidationError', tooLong],
    ['sts-duration-chained', 'ValidationError', overChained],
    ['sts-refused', 'ValidationError', 'nothing-valid-in-here is invalid'],
    ['sts-tags-too-large', 'PackedPolicyTooLarge', 'Packed policy consumes 120% of allotted space'],
    ['sts-tags-too-large', 'PackedPolicyTooLargeException', 'Packed policy consumes 120% of allotted space'],
    ['sts-refused', 'UnknownOperationException', 'Not one that STS has'],
    ['sts-refused', 'constructor', 'A code that no one has heard of'],
    ['sts-unavailable', 'InternalFailure', 'Oops', 500],
    ['sts-unavailable', 'ServiceUnavailable', 'Please try again', 503],
    ['sts-unavailable', 'UnknownError', 'Bad gateway', 502],
    ['sts-unavailable', 'UnknownError', 'Error', 500],
    ['sts-not-aws', 'XmlParseError', 'Not what was asked for', 200],
    ['sts-not-aws', 'LoginRequired', 'Pay for this network first', 511],
    ['sts-not-aws', 'SyntaxError', 'Unexpected token', 200],
    ['sts-not-aws', 'Unknown', 'UnknownError', 404],
    ['sts-not-aws', 'NotFound', 'UnknownError', 404],
    ['sts-not-aws', 'Error', 'char is not expected', 407],
  ])('is %s for %s: %s', (code, name, message, status = 400) => {
    const failure = stsFailure(refusal(name, message, status), asked);
    expect(failure.code).toBe(code);
    expect(failure.details).toBe(`${name}: ${message}\nHTTP ${status}\nrequest ID request-1`);
  });

  it.each([
    ['RoleSessionName is required in AuthnResponse', 'to send the attribute https://aws.amazon.com/SAML'],
    ['RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}', 'of 2 to 64 letters'],
    ['Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"', 'SourceIdentity'],
    ['Response signature invalid', 'certificate of your identity provider has changed'],
    ['Response signature invalid (Service: AWSSecurityTokenService; Status Code: 400)', 'certificate'],
    ['Issuer not present in specified provider', 'belongs to another identity provider'],
    ["Specified provider doesn't exist (Service: AWSOpenIdDiscoveryService; Proxy: null)", 'correct the ARN'],
    ['Response does not contain the required audience.', 'urn:amazon:webservices'],
    ['Response is not yet valid', 'clock of the identity provider'],
    ['Could not parse metadata', 'metadata of the identity provider'],
    ['Something that nobody has heard of', 'roleferry inspect'],
  ])('has a remedy of its own for "%s"', (message, remedy) => {
    expect(said(stsFailure(refusal('InvalidIdentityToken', message), asked))).toContain(remedy);
  });

  it('names the role, the duration, the region or the host that it is about', () => {
    const messageOf = (name: string, message = '') => said(stsFailure(refusal(name, message), asked));
    expect(messageOf('AccessDenied')).toContain(roleArn);
    expect(messageOf('ValidationError', overMaximum)).toContain('7200 seconds');
    expect(messageOf('RegionDisabledException')).toContain('cn-north-1');
    expect(messageOf('PackedPolicyTooLarge', 'Packed policy consumes 120%')).toContain('consumes 120%');
    expect(messageOf('NewFault', 'Nobody knows it yet.')).toContain('NewFault: Nobody knows it yet.');
    expect(said(stsFailure(refusal('ServiceUnavailable', '', 503), asked))).toContain('HTTP 503');
    expect(messageOf('Error')).toContain('sts.cn-north-1.amazonaws.com.cn');
    expect(said(stsFailure(new Error('connect ECONNREFUSED'), asked))).toContain(
      'sts.cn-north-1.amazonaws.com.cn',
    );
  });

  it.each<[FailureCode, object, name: string, message: string]>([
    ['sts-session-policy-large', { percent: 120 }, 'PackedPolicyTooLarge', 'Packed policy consumes 120% of'],
    ['sts-session-policy-large', {}, 'PackedPolicyTooLargeException', 'Use a smaller policy'],
    ['sts-session-policy-refused', { reason: 'Syntax errors' }, 'MalformedPolicyDocument', 'Syntax errors'],
    [
      'sts-session-policy-missing',
      { reason: `Policy ${readOnly} does not exist or is not attachable.` },
      'NoSuchEntity',
      `Policy ${readOnly} does not exist or is not attachable.`,
    ],
    ['sts-access-denied', { roleArn }, 'AccessDenied', 'Not authorized to perform sts:AssumeRoleWithSAML'],
  ])('of a session policy is %s, with %j', (code, params, name, message) => {
    const sessionPolicy = { policyArns: [readOnly] };
    expect(stsFailure(refusal(name, message), { ...asked, sessionPolicy })).toMatchObject({ code, params });
  });

  it('does not blame a duration that nobody asked for', () => {
    const failure = stsFailure(refusal('ValidationError', tooLong), { ...asked, seconds: undefined });
    expect(failure.code).toBe('sts-refused');
  });

  it('leaves the innards that AWS adds in brackets to the details', () => {
    const innards = '(Service: AWSOpenIdDiscoveryService; Status Code: 400; Request ID: 1; Proxy: null)';
    const failure = stsFailure(refusal('InvalidIdentityToken', `No such provider ${innards}`), asked);
    expect(failure).toMatchObject({ params: { reason: 'No such provider' } });
    expect(failure.details).toContain(innards);
  });

  it('keeps of a long story only the beginning as details', () => {
    const failure = stsFailure(refusal('AccessDenied', 'once upon a time '.repeat(500)), asked);
    expect(failure.details).toMatch(/^AccessDenied: once upon a time /);
    expect(failure.details?.length).toBeLessThan(600);
  });

  it.each([
    ['an error of the network', new TypeError('Failed to fetch')],
    ['an error without a status', { name: 'TimeoutError', message: 'timed out', $metadata: {} }],
    ['a text', 'no error at all'],
    ['nothing', undefined],
    ['null', null],
  ])('is that STS could not be reached for %s', (_, thrown) => {
    expect(stsFailure(thrown, asked)).toMatchObject({ code: 'sts-unreachable' });
  });

  describe('says of a connection that failed', () => {
    afterEach(() => vi.unstubAllGlobals());

    it.each([
      ['why, where that is known', { code: 'ENOTFOUND' }, true, 'unknown-name'],
      ['that the machine is offline, where the browser knows it', new TypeError(), false, 'offline'],
      ['what it may be, where nobody tells', new TypeError(), true, 'unclear'],
      ['what it may be, where nothing was thrown', undefined, true, 'unclear'],
    ])('%s', (_, thrown, onLine, reason) => {
      vi.stubGlobal('navigator', { onLine });
      expect(stsFailure(thrown, asked)).toMatchObject({ params: { reason } });
    });

    it('what it may be, in a program without a navigator', () => {
      vi.stubGlobal('navigator', undefined);
      expect(stsFailure(new TypeError(), asked)).toMatchObject({ params: { reason: 'unclear' } });
    });
  });

  it.each([
    [
      'Invalid Configuration: FIPS and custom endpoint are not supported',
      'use_fips_endpoint (AWS_USE_FIPS_ENDPOINT in the environment)',
    ],
    [
      'Invalid Configuration: Dualstack and custom endpoint are not supported',
      'use_dualstack_endpoint (AWS_USE_DUALSTACK_ENDPOINT)',
    ],
    [
      'FIPS and DualStack are enabled, but this partition does not support one or both',
      'use_fips_endpoint (AWS_USE_FIPS_ENDPOINT in the environment) or use_dualstack_endpoint (AWS_USE_DUALSTACK_ENDPOINT)',
    ],
    ['Invalid Configuration: Missing Region', 'the region'],
  ])('names the settings to correct for "%s"', (words, settings) => {
    const thrown = Object.assign(new Error(words), { name: 'EndpointError' });
    expect(stsFailure(thrown, asked)).toMatchObject({ params: { settings } });
  });

  it('is not of the network, but of settings, when the SDK finds no address to ask', () => {
    const words = `Invalid Configuration: FIPS and \u001b[31m ${'a'.repeat(200)}`;
    const told = stsFailure(Object.assign(new Error(words), { name: 'EndpointError' }), asked);
    expect(told).toEqual(saying('sts-endpoint-unclear', 'Invalid Configuration: FIPS and \ufffd[31m ….'));
    expect(said(told)).toContain('Correct use_fips_endpoint');
  });

  it('knows the status of an answer that the SDK could not read', () => {
    const unreadable = Object.assign(new Error('no XML'), { $response: { statusCode: 200 } });
    expect(stsFailure(unreadable, asked)).toMatchObject({
      code: 'sts-not-aws',
      details: 'Error: no XML\nHTTP 200',
    });
  });

  it('is on one line, whatever line breaks AWS or somebody in its place sends', () => {
    const failure = stsFailure(refusal('NewFault', 'One. \r\n\n  Two.\nThree.'), asked);
    expect(failure).toMatchObject({ params: { reason: 'One. Two. Three.' } });
  });

  it('keeps of a long code and a long request ID only the beginning', () => {
    const thrown = Object.assign(new Error('no'), {
      name: 'Fault'.repeat(100),
      $metadata: { httpStatusCode: 403, requestId: 'id'.repeat(100) },
    });
    expect(
      stsFailure(thrown, asked)
        .details?.split('\n')
        .map(({ length }) => length),
    ).toEqual([104, 8, 111]);
  });

  it('is one even if what was thrown has neither a name nor a message', () => {
    expect(stsFailure({ $response: { statusCode: 404 } }, asked)).toMatchObject({
      code: 'sts-not-aws',
      details: 'Error: \nHTTP 404',
    });
  });
});
