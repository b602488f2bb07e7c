import { describe, expect, it } from 'vitest';
import {
  admin,
  assertionXml,
  awsAttribute,
  provider,
  responseXml,
  roleAttribute,
} from '../../../test/fixtures/response-xml.ts';
import { readAssertion } from '../assertion/read-assertion.ts';
import type { Cause } from '../cause.ts';
import { type Evidence, likeliestCause } from './likeliest-cause.ts';

const issued = Date.UTC(2026, 0, 2, 3, 4, 5);
const minute = 60_000;
const role = { roleArn: admin, providerArn: provider };
const denied = 'Not authorized to perform sts:AssumeRoleWithSAML';
const otherAccount = { ...role, providerArn: provider.replace('111122223333', '444455556666') };

const good = assertionXml(
  roleAttribute(`${admin},${provider}`) + awsAttribute('RoleSessionName', 'jo@example.com'),
);
const also = (...attributes: string[]) =>
  good.replace('</saml:AttributeStatement>', `${attributes.join('')}$&`);
const named = (name: string) => good.replace('jo@example.com', name);
const tagged = also(awsAttribute('PrincipalTag:Team', 'blue'), awsAttribute('PrincipalTag:Cost', '42'));
const sourced = also(awsAttribute('SourceIdentity', 'jo'));
const regional = good.replace('https://signin', 'https://eu-west-1.signin');
const encrypted = '<saml:EncryptedAssertion/>';

function cause(code: string, message: string, assertion = good, change: Partial<Evidence> = {}) {
  const read = readAssertion(responseXml(assertion));
  if (!read.ok) throw new Error(read.failure.code);
  const response = { assertion: read.value, characters: 4000 };
  return likeliestCause({
    ...{ code, message, role, response, region: 'eu-west-1', now: issued + minute },
    ...change,
  });
}

describe('when AWS calls the assertion invalid, the cause is', () => {
  const invalid = (message: string, assertion?: string, change?: Partial<Evidence>) =>
    cause('InvalidIdentityToken', message, assertion, change);
  const audience = 'Response does not contain the required audience.';
  const badName = 'RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}';
  const badIdentity = 'Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64} and not begin with "aws:"';
  const inChina = (text: string) => text.replaceAll('arn:aws:', 'arn:aws-cn:');

  it.each<[string, Cause, message: string, assertion?: string, change?: Partial<Evidence>]>([
    [
      'the audience, with what it is and what it must be',
      { code: 'audience', found: ['urn:other'], expected: 'urn:amazon:webservices' },
      audience,
      good.replace('urn:amazon:webservices', 'urn:other'),
    ],
    [
      'an audience of another partition',
      { code: 'audience', found: ['urn:amazon:webservices'], expected: 'urn:amazon:webservices:cn-north-1' },
      audience,
      inChina(good),
    ],
    [
      'the recipient',
      {
        code: 'recipient',
        found: ['https://evil.example/saml'],
        expected: 'https://signin.aws.amazon.com/saml',
      },
      'Response does not contain the required recipient.',
      good.replace('signin.aws.amazon.com', 'evil.example'),
    ],
    [
      'a missing session name',
      { code: 'session-name-missing' },
      'RoleSessionName is required in AuthnResponse',
    ],
    ['an empty session name', { code: 'session-name-missing' }, badName, named('')],
    [
      'characters in the session name, without the name',
      { code: 'session-name-invalid', problem: { is: 'characters', characters: [' ', 'ö'] } },
      badName,
      named('Jo Doe Jö'),
    ],
    [
      'a long session name',
      { code: 'session-name-invalid', problem: { is: 'long', length: 65 } },
      badName,
      named('a'.repeat(65)),
    ],
    ['a short session name', { code: 'session-name-invalid', problem: { is: 'short' } }, badName, named('j')],
    ['a session name that only AWS can read', { code: 'session-name-invalid' }, badName, encrypted],
    [
      'a source identity that AWS keeps for itself',
      { code: 'source-identity-invalid', problem: { is: 'reserved' } },
      badIdentity,
      also(awsAttribute('SourceIdentity', 'aws:jo')),
    ],
    [
      'characters in the source identity',
      { code: 'source-identity-invalid', problem: { is: 'characters', characters: ['/'] } },
      badIdentity,
      also(awsAttribute('SourceIdentity', 'a/b')),
    ],
    ['another certificate', { code: 'signature', providerArn: provider }, 'Response signature invalid'],
    [
      'that nobody signed it',
      { code: 'unsigned' },
      'Response signature invalid',
      good.replace(/<ds:Signature[^>]*>/, ''),
    ],
    [
      'another issuer',
      { code: 'other-issuer', issuer: 'https://idp.example/metadata', providerArn: provider },
      'Issuer not present in specified provider (Service: AWSOpenIdDiscoveryService; Status Code: 400)',
    ],
    [
      'a provider that is not there',
      { code: 'provider-missing', providerArn: provider },
      "Specified provider doesn't exist (Service: AWSOpenIdDiscoveryService; Status Code: 400)",
    ],
    [
      'a provider of another account, where it is not there',
      { code: 'accounts-differ', ...otherAccount },
      "Specified provider doesn't exist",
      good,
      { role: otherAccount },
    ],
    [
      'a clock that is ahead of AWS',
      { code: 'too-early', from: '2026-01-02T03:03:05.000Z', minutes: 9 },
      'Response is not yet valid',
      good,
      { now: issued - 10 * minute },
    ],
    [
      'a clock, where the times of the assertion do not show it',
      { code: 'too-early' },
      'Response is not yet valid',
    ],
    ['metadata', { code: 'metadata', providerArn: provider }, 'Could not parse metadata'],
    [
      'a key, where AWS cannot decrypt it',
      { code: 'decryption', providerArn: provider },
      'The assertion cannot be read',
      encrypted,
    ],
    [
      'what the assertion shows, where the words of AWS are new',
      { code: 'session-name-missing' },
      'Something that nobody has heard of',
      good.replace('RoleSessionName', 'SessionName'),
    ],
  ])('%s', (_, expected, message, assertion, change) => {
    expect(invalid(message, assertion, change)).toEqual(expected);
  });

  it.each([
    ['names of 2 characters', 'jo', undefined],
    ['names of 64 characters', 'a'.repeat(64), undefined],
    ['more strange characters than anybody reads', '!"#$%&()*:;<?', [...'!"#$%&()*:']],
    ['a colon, though it follows aws', 'aws:jo', [':']],
  ])('in the session name: %s', (_, name, characters) => {
    const assertion = named(name.replace('&', '&amp;').replace('<', '&lt;'));
    expect(invalid(badName, assertion)).toEqual({
      code: 'session-name-invalid',
      ...(characters && { problem: { is: 'characters', characters } }),
    });
  });

  it('the source identity, however AWS spells it, and whether it can be read or not', () => {
    const wrong = also(awsAttribute('SourceIdentity', 'my-aws:jo'));
    expect(invalid(badIdentity.replace('Source Identity', 'SourceIdentity'), wrong)).toEqual({
      code: 'source-identity-invalid',
      problem: { is: 'characters', characters: [':'] },
    });
    expect(invalid(badIdentity, encrypted)).toEqual({ code: 'source-identity-invalid' });
  });

  it('the recipient, where the audience is wrong too', () => {
    const both = good
      .replace('urn:amazon:webservices', 'urn:other')
      .replace('signin.aws.amazon.com', 'evil.example');
    expect(invalid('Response does not contain the required recipient.', both)).toMatchObject({
      code: 'recipient',
    });
  });

  it('the clock, from the moment on at which the assertion holds', () => {
    const from = issued - minute;
    expect(invalid('Response is not yet valid', good, { now: from })).toEqual({ code: 'too-early' });
    expect(invalid('Response is not yet valid', good, { now: from - 1 })).toMatchObject({ minutes: 1 });
    expect(invalid('Response is not yet valid', good, { response: undefined })).toEqual({
      code: 'too-early',
    });
    expect(invalid('Response is not yet valid', encrypted)).toEqual({ code: 'too-early' });
  });

  it('known by AWS’s words alone, where the assertion cannot be read', () => {
    const none = { response: undefined };
    expect(invalid(badIdentity, good, none)).toEqual({ code: 'source-identity-invalid' });
    expect(invalid('Issuer not present in specified provider', good, none)).toMatchObject({ issuer: '' });
    expect(invalid('Specified provider doesnt exist', good, none)).toMatchObject({
      code: 'provider-missing',
    });
  });

  it('none, where the words of AWS are new and nothing is wrong with the assertion', () => {
    expect(invalid('Something that nobody has heard of')).toBeUndefined();
    expect(invalid('Something that nobody has heard of', good, { response: undefined })).toBeUndefined();
  });

  it('what AWS says, whatever else is wrong with the assertion', () => {
    const many = tagged.replace('urn:amazon:webservices', 'urn:other').replace('jo@example.com', 'Jo Doe');
    expect(invalid('Response signature invalid', many)).toMatchObject({ code: 'signature' });
    expect(invalid(badName, many)).toMatchObject({ code: 'session-name-invalid' });
  });
});

describe('when AWS says that the login has expired, the cause is', () => {
  const expired = (change: Partial<Evidence>, assertion = good) =>
    cause('ExpiredTokenException', 'Token must be redeemed within 5 minutes of issuance', assertion, change);

  it('that AWS was asked too late', () => {
    expect(expired({ now: issued + 6 * minute })).toEqual({
      code: 'expired',
      until: '2026-01-02T03:09:05.000Z',
    });
    expect(expired({ now: issued + 6 * minute, seenAt: issued + 4 * minute })).toMatchObject({
      code: 'expired',
    });
  });

  it('that AWS was asked in the very moment in which it ended', () => {
    const end = issued + 5 * minute;
    expect(expired({ now: end })).toMatchObject({ until: '2026-01-02T03:09:05.000Z' });
    expect(expired({ now: end, seenAt: end })).toEqual({ code: 'old-when-seen', minutes: 5 });
    expect(expired({ now: end, seenAt: end - 1 })).toMatchObject({ code: 'expired' });
  });

  it('the clock of the identity provider, where the assertion was old when the browser sent it', () => {
    expect(expired({ now: issued + 21 * minute, seenAt: issued + 20 * minute })).toEqual({
      code: 'old-when-seen',
      minutes: 20,
    });
  });

  it('an identity provider that gives no time', () => {
    const hasty = good.replace(
      'NotOnOrAfter="2026-01-02T03:09:05.000Z"',
      'NotOnOrAfter="2026-01-02T03:04:35Z"',
    );
    expect(expired({}, hasty)).toEqual({ code: 'short-lived', seconds: 30 });
    const minuteLong = hasty.replace('03:04:35', '03:05:05');
    expect(expired({ now: issued + 2 * minute }, minuteLong)).toMatchObject({ code: 'expired' });
  });

  it('left open, where the assertion still holds by its times, or they are unknown', () => {
    expect(expired({})).toEqual({ code: 'expired' });
    expect(expired({ response: undefined })).toEqual({ code: 'expired' });
    expect(expired({}, encrypted)).toEqual({ code: 'expired' });
  });
});

describe('when AWS denies access, the cause is', () => {
  const trust = { code: 'role-not-trusting', ...role };

  it.each<[string, Cause, message: string, assertion?: string, change?: Partial<Evidence>]>([
    ['the role, where the assertion needs nothing unusual', trust as Cause, denied],
    ['the role, where only AWS can read the assertion', trust as Cause, denied, encrypted],
    ['the role, where the assertion cannot be read', trust as Cause, denied, good, { response: undefined }],
    [
      'a provider of another account',
      { code: 'accounts-differ', ...otherAccount },
      denied,
      tagged,
      { role: otherAccount },
    ],
    [
      'a role of Identity Center',
      { code: 'role-reserved', roleArn: `${admin.replace('Admin', 'AWSReservedSSO_Admin_1')}` },
      denied,
      good,
      { role: { ...role, roleArn: admin.replace('Admin', 'AWSReservedSSO_Admin_1') } },
    ],
    [
      'a missing NameID',
      { code: 'subject-missing' },
      denied,
      good.replace(/<saml:NameID>.*<\/saml:NameID>/, ''),
    ],
    [
      'a regional recipient, which the policy may not name',
      { code: 'recipient-not-trusted', found: 'https://eu-west-1.signin.aws.amazon.com/saml' },
      denied,
      regional,
    ],
    ['session tags, by their names', { code: 'tags-not-allowed', keys: ['Team', 'Cost'] }, denied, tagged],
    [
      'session tags, where AWS names the action',
      { code: 'tags-not-allowed', keys: ['Team', 'Cost'] },
      'Not authorized to perform sts:TagSession',
      tagged.replace('https://signin', 'https://eu-west-1.signin'),
    ],
    [
      'session tags that only AWS can read',
      { code: 'tags-not-allowed', keys: [] },
      'User: x is not authorized to perform: sts:TagSession on resource: y',
      encrypted,
    ],
    ['a source identity', { code: 'source-identity-not-allowed' }, denied, sourced],
    [
      'a source identity beside tags, where AWS names the action',
      { code: 'source-identity-not-allowed' },
      'Not authorized to perform sts:SetSourceIdentity',
      tagged.replace('</saml:AttributeStatement>', `${awsAttribute('SourceIdentity', 'jo')}$&`),
    ],
  ])('%s', (_, expected, message, assertion, change) => {
    expect(cause('AccessDenied', message, assertion, change)).toEqual(expected);
  });

  it.each([
    ['aws-cn', 'signin.amazonaws.cn'],
    ['aws-us-gov', 'signin.amazonaws-us-gov.com'],
  ])('not the recipient of its own partition, such as %s', (partition, host) => {
    const there = good.replaceAll('arn:aws:', `arn:${partition}:`).replace('signin.aws.amazon.com', host);
    expect(cause('AccessDenied', denied, there)).toMatchObject({ code: 'role-not-trusting' });
  });
});

describe('when AWS does not take parameters, the cause is', () => {
  const tags = (count: number, value = 'x') =>
    also(...Array.from({ length: count }, (_, at) => awsAttribute(`PrincipalTag:T${at}`, value)));

  it.each<[string, Cause, assertion: string]>([
    ['too many tags', { code: 'tags-invalid', problem: { is: 'many', count: 51 } }, tags(51)],
    ['a long value', { code: 'tags-invalid', problem: { is: 'value', key: 'T0' } }, tags(1, 'x'.repeat(257))],
    [
      'a long name',
      { code: 'tags-invalid', problem: { is: 'key', key: 'k'.repeat(129) } },
      also(awsAttribute(`PrincipalTag:${'k'.repeat(129)}`, 'x')),
    ],
    [
      'the longest name and value',
      { code: 'tags-invalid' },
      also(awsAttribute(`PrincipalTag:${'k'.repeat(128)}`, 'x'.repeat(256))),
    ],
    ['a value that only ends as those of AWS begin', { code: 'tags-invalid' }, tags(1, 'my aws:x')],
    ['a strange value', { code: 'tags-invalid', problem: { is: 'value', key: 'T0' } }, tags(1, 'a;b')],
    [
      'a name that AWS keeps for itself',
      { code: 'tags-invalid', problem: { is: 'key', key: 'aws:x' } },
      also(awsAttribute('PrincipalTag:aws:x', '1')),
    ],
    [
      'a tag that comes twice',
      { code: 'tags-invalid', problem: { is: 'doubled', key: 'team' } },
      also(awsAttribute('PrincipalTag:Team', '1'), awsAttribute('PrincipalTag:team', '2')),
    ],
    [
      'a transitive tag that is not there',
      { code: 'tags-invalid', problem: { is: 'transitive', key: 'Cost' } },
      also(awsAttribute('PrincipalTag:Team', '1'), awsAttribute('TransitiveTagKeys', 'team', 'Cost')),
    ],
    ['tags, where they look right', { code: 'tags-invalid' }, tags(50, 'ä b_.:/=+-@')],
  ])('%s', (_, expected, assertion) => {
    expect(cause('ValidationError', 'Unable to validate tags', assertion)).toEqual(expected);
  });

  it('an account without twelve digits', () => {
    const short = { ...role, roleArn: 'arn:aws:iam::12345:role/Admin' };
    expect(cause('ValidationError', `${short.roleArn} is invalid`, good, { role: short })).toEqual({
      code: 'arn-invalid',
      arn: short.roleArn,
    });
  });

  it('a single tag, or its keys', () => {
    for (const message of ['The tag is invalid', 'TransitiveTagKeys is invalid']) {
      expect(cause('InvalidParameterValue', message, tagged)).toEqual({ code: 'tags-invalid' });
    }
    expect(cause('ValidationError', 'The stages are invalid', tagged)).toBeUndefined();
  });

  it('the size of the assertion', () => {
    const read = readAssertion(responseXml(good));
    if (!read.ok) throw new Error(read.failure.code);
    const message =
      "Value at 'sAMLAssertion' failed to satisfy constraint: Member must have length less than 100000";
    const response = { assertion: read.value, characters: 100_001 };
    expect(cause('ValidationError', message, good, { response })).toEqual({
      code: 'too-large',
      characters: 100_001,
    });
    expect(cause('ValidationError', message)).toBeUndefined();
  });

  it('the duration', () => {
    const message = 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.';
    expect(cause('ValidationError', message, good, { seconds: 7200 })).toEqual({
      code: 'duration-over-role',
      seconds: 7200,
    });
  });

  it('not known for others', () => {
    expect(cause('ValidationError', 'stage is invalid', tagged)).toBeUndefined();
    expect(cause('MalformedPolicyDocument', 'Syntax errors in policy.', tagged)).toBeUndefined();
  });
});

describe('the cause is told by the code of AWS alone', () => {
  it.each<[code: string, expected: Cause]>([
    ['Throttling', { code: 'throttled', accountId: '111122223333' }],
    ['ThrottlingException', { code: 'throttled', accountId: '111122223333' }],
    ['RequestLimitExceeded', { code: 'throttled', accountId: '111122223333' }],
    ['RegionDisabledException', { code: 'region-disabled', region: 'eu-west-1', accountId: '111122223333' }],
    ['IDPRejectedClaim', { code: 'login-failed', status: '' }],
    ['PackedPolicyTooLarge', { code: 'tags-too-large', count: 2 }],
  ])('%s', (code, expected) => {
    expect(cause(code, 'Something', tagged)).toEqual(expected);
  });

  it('unless it is another one that only looks like it', () => {
    expect(cause('ExceptionThrottling', 'Something', tagged)).toBeUndefined();
    expect(cause('ThrottlingExceptionOfTheFuture', 'Something', tagged)).toBeUndefined();
  });

  it('with the status of a login that failed', () => {
    const read = readAssertion(responseXml(good).replace('status:Success', 'status:Requester'));
    if (!read.ok) throw new Error(read.failure.code);
    const response = { assertion: read.value, characters: 4000 };
    expect(cause('IDPRejectedClaim', 'Something', good, { response })).toMatchObject({ status: 'Requester' });
  });
});
