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
import { missingStatements } from './trust-policy.ts';

const role = { roleArn: admin, providerArn: provider };
const notTrusting: Cause = { code: 'role-not-trusting', ...role };
const denied = 'Not authorized to perform sts:AssumeRoleWithSAML';
const tags = awsAttribute('PrincipalTag:Team', 'blue');
const identity = awsAttribute('SourceIdentity', 'jo');

function lacking(cause: Cause, message: string, more = '', partition = 'aws') {
  const there = <T>(text: T): T =>
    JSON.parse(JSON.stringify(text).replaceAll('arn:aws:', `arn:${partition}:`));
  const read = readAssertion(responseXml(assertionXml(there(roleAttribute(`${admin},${provider}`)) + more)));
  return missingStatements(cause, there(role), read.ok ? read.value : undefined, message);
}

const assume = (audience: unknown = 'https://signin.aws.amazon.com/saml') => ({
  Effect: 'Allow',
  Principal: { Federated: provider },
  Action: 'sts:AssumeRoleWithSAML',
  Condition: { StringEquals: { 'SAML:aud': audience } },
});

const beside = (Action: unknown) => ({ Effect: 'Allow', Principal: { Federated: provider }, Action });

describe('what the trust policy of a role lacks', () => {
  it('is sts:AssumeRoleWithSAML for this provider and AWS’s sign-in URL', () => {
    expect(lacking(notTrusting, denied)).toEqual([assume()]);
  });

  it.each([
    ['aws-cn', 'https://signin.amazonaws.cn/saml'],
    ['aws-us-gov', 'https://signin.amazonaws-us-gov.com/saml'],
  ])('has ARNs and sign-in URL of the partition %s', (partition, url) => {
    expect(lacking(notTrusting, denied, '', partition)).toEqual([
      { ...assume(url), Principal: { Federated: provider.replace('arn:aws:', `arn:${partition}:`) } },
    ]);
  });

  it('is what tags and a source identity need too', () => {
    const keys: Cause = { code: 'tags-not-allowed', keys: ['Team'] };
    expect(lacking(keys, denied, tags)).toEqual([assume(), beside('sts:TagSession')]);
    expect(lacking({ code: 'source-identity-not-allowed' }, denied, identity)).toEqual([
      assume(),
      beside('sts:SetSourceIdentity'),
    ]);
  });

  it('is not what AWS allows already, where it names what it does not', () => {
    const keys: Cause = { code: 'tags-not-allowed', keys: ['Team'] };
    const message = 'Not authorized to perform sts:TagSession';
    expect(lacking(keys, message, tags)).toEqual([beside('sts:TagSession')]);
    expect(lacking(keys, message, tags + identity)).toEqual([
      beside(['sts:TagSession', 'sts:SetSourceIdentity']),
    ]);
  });

  it('is another recipient beside the usual one', () => {
    const found = 'https://eu-west-1.signin.aws.amazon.com/saml';
    expect(lacking({ code: 'recipient-not-trusted', found }, denied)).toEqual([
      assume(['https://signin.aws.amazon.com/saml', found]),
    ]);
  });

  it('is nothing where something else is the cause', () => {
    expect(lacking({ code: 'accounts-differ', ...role }, denied, tags)).toBeUndefined();
    expect(lacking({ code: 'signature', providerArn: provider }, denied, tags)).toBeUndefined();
  });
});
