import { describe, expect, it } from 'vitest';
import { said, saying } from '../../../test/fixtures/said.ts';
import { checkPolicy, forbiddenRole, parsePolicy } from './policy.ts';

const role = { roleArn: 'arn:aws:iam::111122223333:role/Admin' };
const fixed = {
  issuer: 'https://idp.example',
  providerArn: 'arn:aws:iam::111122223333:saml-provider/Idp',
  roleArn: role.roleArn,
  profile: 'dev',
};
const link = { title: 'Work', url: 'https://idp.example/aws' };

describe('a policy', () => {
  it.each<[object]>([
    [{}],
    [{ allowedAccounts: [] }],
    [{ allowedPartitions: ['aws', 'aws-us-gov'] }],
    [{ profiles: [fixed, { ...fixed, profile: 'other', sessionName: 'jo' }] }],
    [{ signInLinks: [link, { ...link, issuer: 'https://idp.example' }] }],
    [{ accounts: [{ accountId: '111122223333', name: 'Shop live', colour: 'red' }] }],
    [{ accounts: [{ accountId: '111122223333' }, { accountId: '444455556666', colour: 'none' }] }],
    [{ region: 'eu-central-1', keepFresh: false }],
    [{ maxSessionDuration: 900 }],
    [{ sessionPolicies: [{ policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'] }] }],
    [{ maxSessionDuration: 43_200 }],
    [{ audit: { file: '/var/log/roleferry' } }],
    [{ audit: { file: 'C:\\logs\\roleferry', system: true } }],
    [{ forbidProfiles: true, required: ['forbidProfiles'] }],
  ])('is read whole: %j', (policy) => {
    expect(parsePolicy(policy)).toEqual({ ok: true, value: policy });
  });

  it.each([[[]], [undefined], ['{}']])('that is %j is no object, and refused', (policy) => {
    expect(checkPolicy(policy)).toEqual({ wrong: 'not-an-object' });
    expect(parsePolicy(policy)).toMatchObject({ failure: saying('policy-invalid', 'not an object') });
  });

  it.each<[unknown, string]>([
    [{ allowedAccount: [] }, 'allowedAccount'],
    [{ allowedAccounts: ['111122223333\n'] }, 'allowedAccounts.0'],
    [{ allowedAccounts: ['1111222233334'] }, 'allowedAccounts.0'],
    [{ allowedAccounts: ['11112222333'] }, 'allowedAccounts.0'],
    [{ allowedPartitions: ['aws', 'other-aws'] }, 'allowedPartitions.1'],
    [{ allowedPartitions: ['aws*'] }, 'allowedPartitions.0'],
    [{ profiles: [{ ...fixed, profile: 'a b' }] }, 'profiles.0.profile'],
    [{ profiles: [{ ...fixed, more: 1 }] }, 'profiles.0.more'],
    [{ accounts: [{ accountId: '1111-2222-3333', name: 'x' }] }, 'accounts.0.accountId'],
    [{ accounts: [{ accountId: '111122223333', name: '' }] }, 'accounts.0.name'],
    [{ accounts: [{ accountId: '111122223333', name: 'x'.repeat(65) }] }, 'accounts.0.name'],
    [{ accounts: [{ accountId: '111122223333', name: 'a\u202eb' }] }, 'accounts.0.name'],
    [{ accounts: [{ accountId: '111122223333', colour: 'pink' }] }, 'accounts.0.colour'],
    [{ accounts: [{ accountId: '111122223333', color: 'red' }] }, 'accounts.0.color'],
    [{ accounts: [{ accountId: '111122223333' }, { accountId: '111122223333' }] }, 'accounts'],
    [{ region: 'eu central 1' }, 'region'],
    [{ region: 'x'.repeat(33) }, 'region'],
    [{ keepFresh: 'true' }, 'keepFresh'],
    [{ signInLinks: [{ ...link, url: 'http://https:' }] }, 'signInLinks.0.url'],
    [{ signInLinks: [{ ...link, more: 1 }] }, 'signInLinks.0.more'],
    [{ maxSessionDuration: 899 }, 'maxSessionDuration'],
    [{ maxSessionDuration: 43_201 }, 'maxSessionDuration'],
    [{ sessionPolicies: [{ roleName: 'Dev' }] }, 'sessionPolicies.0'],
    [{ sessionPolicies: [{ policyArns: [] }] }, 'sessionPolicies.0.policyArns'],
    [{ sessionPolicies: [{ policyArns: ['ReadOnlyAccess'] }] }, 'sessionPolicies.0'],
    [{ sessionPolicies: [{ policy: '{' }] }, 'sessionPolicies.0'],
    [{ sessionPolicies: [{ policyArn: 'arn:aws:iam::aws:policy/X' }] }, 'sessionPolicies.0.policyArn'],
    [
      { sessionPolicies: [{ roleName: 'a b', policyArns: ['arn:aws:iam::aws:policy/X'] }] },
      'sessionPolicies.0.roleName',
    ],
    [
      { sessionPolicies: [{ accounts: [], policyArns: ['arn:aws:iam::aws:policy/X'] }] },
      'sessionPolicies.0.accounts',
    ],
    [
      {
        sessionPolicies: [
          { policyArns: Array.from({ length: 11 }, (_, n) => `arn:aws:iam::aws:policy/${n}`) },
        ],
      },
      'sessionPolicies.0',
    ],
    [{ audit: { file: 'logs/audit' } }, 'audit.file'],
    [{ audit: { file: 'at C:\\logs' } }, 'audit.file'],
    [{ audit: { file: '/' } }, 'audit.file'],
    [{ audit: { files: [] } }, 'audit.files'],
    [{ maxSessionDuration: 1, fips: 'yes' }, 'maxSessionDuration, fips'],
    [{ required: ['fips', 'audit'] }, 'fips, audit'],
    [{ fips: true, required: ['fips', 'audit'] }, 'audit'],
  ])('that says %j is refused on account of %s', (policy, where) => {
    expect(checkPolicy(policy)).toEqual({ wrong: { is: 'entries', where } });
    expect(parsePolicy(policy)).toMatchObject({
      failure: saying('policy-invalid', `: ${where}.`),
    });
  });
});

describe('the role of a login', () => {
  it.each([
    [{ allowedAccounts: ['999988887777', '111122223333'] }],
    [{ allowedIssuers: ['https://idp.example'] }],
    [{ allowedPartitions: ['aws-cn', 'aws'] }],
  ])('is allowed by %j', (policy) => {
    expect(forbiddenRole(policy, 'https://idp.example', role)).toBeUndefined();
  });

  it.each([
    [{ allowedAccounts: ['999988887777'] }, 'account 111122223333'],
    [{ allowedIssuers: ['https://idp.example/'] }, 'the identity provider https://idp.example'],
    [{ allowedPartitions: ['aws-cn'] }, 'the partition aws'],
  ])('is forbidden by %j, which names %s', (policy, what) => {
    expect(forbiddenRole(policy, 'https://idp.example', role)).toEqual(saying('policy-forbids', `${what}.`));
  });

  it.each([[{ allowedAccounts: ['111122223333'] }], [{ allowedPartitions: ['aws'] }]])(
    'that cannot be read is forbidden by %j',
    (policy) => {
      expect(forbiddenRole(policy, '', { roleArn: 'arn:x' })?.code).toBe('policy-forbids');
    },
  );

  it('is forbidden in few words where its issuer has many', () => {
    const forbidden = forbiddenRole({ allowedIssuers: [] }, 'x'.repeat(1000), role);
    expect(said(forbidden)).toContain(` ${'x'.repeat(200)}.`);
  });
});
