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
import { wordsOfCause } from '../words/causes/cause-words.ts';
import { english } from '../words/causes/english.ts';
import { assertionFaults } from './assertion-faults.ts';

const good = assertionXml(
  roleAttribute(`${admin},${provider}`) + awsAttribute('RoleSessionName', 'jo@example.com'),
);
const elsewhere = provider.replace('111122223333', '444455556666');
const issued = Date.UTC(2026, 0, 2, 3, 4, 5);
const minute = 60_000;

function problemsOf(assertion: string, now = issued + minute, characters = 4000, status = 'Success') {
  const read = readAssertion(responseXml(assertion).replace('status:Success', `status:${status}`));
  if (!read.ok) throw new Error(read.failure.code);
  const faults = assertionFaults({ assertion: read.value, characters }, now);
  return faults.map((cause) => wordsOfCause(cause, english).what);
}

describe('what would stop AWS from taking an assertion', () => {
  it('is nothing when all is well', () => {
    expect(problemsOf(good)).toEqual([]);
  });

  it.each([
    ['that five minutes have passed', good, issued + 5 * minute, 'until 2026-01-02T03:09:05.000Z'],
    ['that it is from the future', good, issued - 2 * minute, 'not valid before 2026-01-02T03:03:05.000Z'],
    ['its audience', good.replace('urn:amazon:webservices', 'urn:other'), undefined, 'audience is urn:other'],
    [
      'a recipient that is not AWS',
      good.replace('signin.aws', 'signin-aws.evil'),
      undefined,
      'recipient is https://signin-aws.evil',
    ],
    [
      'that it has no recipient',
      good.replace(/Recipient="[^"]+"/, ''),
      undefined,
      'assertion has no recipient',
    ],
    [
      'that it offers no role',
      good.replace('Attributes/Role"', 'Attributes/Rolle"'),
      undefined,
      'offers no role',
    ],
    [
      'a value that names no role',
      good.replace(provider, 'nobody'),
      undefined,
      'A Role value of the assertion does not hold',
    ],
    [
      'a role of Identity Center',
      good.replace('role/Admin', 'role/AWSReservedSSO_Admin_123'),
      undefined,
      'Identity Center',
    ],
    [
      'that it has no session name',
      good.replace('RoleSessionName', 'SessionName'),
      undefined,
      'no RoleSessionName',
    ],
    [
      'a session name with a space',
      good.replace('jo@example.com', 'Jo Doe'),
      undefined,
      'characters that AWS does not allow in it: space',
    ],
  ])('is %s', (_, assertion, now, words) => {
    expect(problemsOf(assertion, now)).toEqual([expect.stringContaining(words)]);
  });

  it.each([
    ['that nobody signed it', good.replace(/<ds:Signature[^>]*>/, ''), 'is not signed'],
    ['that it names nobody', good.replace('<saml:NameID>jo</saml:NameID>', ''), 'no NameID'],
    ['a provider of another account', good.replace(`,${provider}`, `,${elsewhere}`), 'another account'],
    ['an account of eleven digits', good.replace('111122223333', '11112222333'), 'twelve digits'],
    [
      'a source identity that AWS keeps for itself',
      good.replace('</saml:AttributeStatement>', `${awsAttribute('SourceIdentity', 'aws:jo')}$&`),
      'begins with aws:',
    ],
    [
      'a transitive tag that is none',
      good.replace('</saml:AttributeStatement>', `${awsAttribute('TransitiveTagKeys', 'Cost')}$&`),
      'names Cost, which is not a session tag',
    ],
  ])('is %s', (_, assertion, words) => {
    expect(problemsOf(assertion)).toEqual([expect.stringContaining(words)]);
  });

  const lasting = (seconds: number) =>
    good.replace('</saml:AttributeStatement>', `${awsAttribute('SessionDuration', `${seconds}`)}$&`);

  it.each([899, 43_201])('is a session of %i seconds', (seconds) => {
    expect(problemsOf(lasting(seconds))).toEqual([
      expect.stringContaining(`SessionDuration is ${seconds} seconds`),
    ]);
  });

  it.each([900, 43_200])('is no session of %i seconds', (seconds) => {
    expect(problemsOf(lasting(seconds))).toEqual([]);
  });

  it.each([
    [
      'a second audience',
      good.replace('</saml:Audience>', '</saml:Audience><saml:Audience>x</saml:Audience>'),
    ],
    [
      'a sign-in URL as its audience',
      good.replace('urn:amazon:webservices', 'https://signin.aws.amazon.com/saml/x'),
    ],
    [
      'the entity id of AWS in China as its audience',
      good.replace('urn:amazon:webservices', 'urn:amazon:webservices:cn-north-1'),
    ],
    ['an encrypted NameID', good.replace('<saml:NameID>jo</saml:NameID>', '<saml:EncryptedID/>')],
    ['a signature of the assertion alone', good],
    ['a path of a role that Identity Center has', good.replace('role/Admin', 'role/AWSReservedSSO_x/Admin')],
    ['no beginning', good.replace(/NotBefore="[^"]+"/, '')],
  ])('is not %s', (_, assertion) => {
    expect(problemsOf(assertion)).toEqual([]);
  });

  it('is no time before the one from which it holds', () => {
    expect(problemsOf(good, issued - minute)).toEqual([]);
  });

  it('is no status that nobody gave', () => {
    expect(problemsOf(good, undefined, undefined, '')).toEqual([]);
  });

  it.each([
    'http://signin.aws.amazon.com/saml',
    'https://signin.aws.amazon.com/console/saml',
    'https://signin.aws.amazon.com/samlet',
    'nonsense',
  ])('is the recipient %s', (recipient) => {
    expect(problemsOf(good.replace('https://signin.aws.amazon.com/saml', recipient))).toEqual([
      expect.stringContaining(`recipient is ${recipient}, `),
    ]);
  });

  it('is each of two audiences that are not AWS', () => {
    const two = good.replace('urn:amazon:webservices', 'a</saml:Audience><saml:Audience>b');
    expect(problemsOf(two)).toEqual([expect.stringContaining('audience is a and b, ')]);
  });

  it.each([good, '<saml:EncryptedAssertion/>'])(
    'is a login that failed, whatever comes with it',
    (assertion) => {
      expect(problemsOf(assertion, undefined, undefined, 'Requester')).toEqual([
        expect.stringContaining('its status is Requester'),
      ]);
    },
  );

  it('is its size', () => {
    expect(problemsOf(good, undefined, 100_001)).toEqual([expect.stringContaining('100001 characters')]);
    expect(problemsOf(good, undefined, 100_000)).toEqual([]);
  });

  it('is looked for only outside of an encrypted assertion', () => {
    expect(problemsOf('<saml:EncryptedAssertion/>')).toEqual([]);
  });
});
