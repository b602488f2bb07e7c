import { describe, expect, it } from 'vitest';
import { said } from '../../../test/fixtures/said.ts';
import { forbiddenDelivery, forbiddenLength, type PolicyQuestion } from './forbidden-delivery.ts';
import type { Policy } from './policy.ts';

const session = 'arn:aws:sts::111122223333:assumed-role/Dev/jo@example.com';
const login = { issuer: 'https://idp.example', providerArn: 'arn:aws:iam::111122223333:saml-provider/Idp' };
const codeOf = (policy: Policy, question: Partial<PolicyQuestion> = {}) =>
  forbiddenDelivery(policy, { arn: session, profile: 'dev', source: login, ...question })?.code;

describe('the policy of a machine', () => {
  it('that fixes nothing forbids nothing', () => {
    expect(codeOf({})).toBeUndefined();
    expect(codeOf({}, { arn: '', source: 'unknown' })).toBeUndefined();
  });

  it.each<[string, Partial<PolicyQuestion>, string | undefined]>([
    ['a session of an allowed account', {}, undefined],
    ['the role itself of an allowed account', { arn: 'arn:aws:iam::111122223333:role/team/Dev' }, undefined],
    [
      'a session of another',
      { arn: 'arn:aws:sts::999999999999:assumed-role/Dev/111122223333' },
      'policy-forbids',
    ],
    ['a role of another', { arn: 'arn:aws:iam::999999999999:role/111122223333' }, 'policy-forbids'],
    ['nobody knows whose', { arn: '' }, 'policy-forbids'],
    ['a federated user', { arn: 'arn:aws:sts::111122223333:federated-user/jo' }, 'policy-forbids'],
    [
      'an ARN with a line break',
      { arn: 'arn:aws:sts::111122223333:assumed-role/Dev/a\nb/c' },
      'policy-forbids',
    ],
    ['a role whose name is none', { arn: 'arn:aws:sts::111122223333:assumed-role/a b/jo' }, 'policy-forbids'],
    ['an ARN of no partition', { arn: 'arn:evil:sts::111122223333:assumed-role/Dev/jo' }, 'policy-forbids'],
    ['an ARN in other words', { arn: `see ${session}` }, 'policy-forbids'],
    [
      'another account, to no file',
      { arn: 'arn:aws:iam::999999999999:role/x', profile: '' },
      'policy-forbids',
    ],
  ])('with allowed accounts and %s', (_, question, code) => {
    expect(codeOf({ allowedAccounts: ['111122223333'] }, question)).toBe(code);
  });

  it.each([{ allowedAccounts: ['111122223333'] }, { allowedPartitions: ['aws'] }])(
    'with %j says that it does not know whose credentials these are',
    (policy) => {
      for (const arn of ['', 'Admin', 'arn:aws:sts::111122223333:assumed-role/a b/jo']) {
        expect(said(forbiddenDelivery(policy, { arn, source: 'none' }))).toContain(
          'credentials of an account that is not known',
        );
      }
    },
  );

  it('with an empty list of accounts allows none', () => {
    expect(codeOf({ allowedAccounts: [] })).toBe('policy-forbids');
  });

  it('keeps a partition out that is not allowed', () => {
    expect(codeOf({ allowedPartitions: ['aws'] })).toBeUndefined();
    expect(
      codeOf({ allowedPartitions: ['aws'] }, { arn: 'arn:aws-cn:sts::111122223333:assumed-role/Dev/jo' }),
    ).toBe('policy-forbids');
  });

  it('judges the issuer where a login is known, and refuses one that is not said', () => {
    const policy = { allowedIssuers: ['https://idp.example'] };
    expect(codeOf(policy)).toBeUndefined();
    expect(codeOf(policy, { source: { ...login, issuer: 'https://idp.example/' } })).toBe('policy-forbids');
    expect(codeOf(policy, { source: 'unknown' })).toBe('machine-policy-source-unknown');
    // AssumeRole has no issuer.
    expect(codeOf(policy, { source: 'none' })).toBeUndefined();
  });

  it('without files leaves what goes to no file', () => {
    expect(codeOf({ forbidProfiles: true })).toBe('policy-no-profiles');
    expect(forbiddenDelivery({ forbidProfiles: true }, { arn: session, source: login })).toBeUndefined();
    expect(codeOf({ forbidProfiles: false })).toBeUndefined();
  });

  const roleArn = 'arn:aws:iam::111122223333:role/team/Dev';
  const other = 'arn:aws:sts::111122223333:assumed-role/Admin/jo';
  const fixed: Policy = { profiles: [{ ...login, roleArn, profile: 'work' }] };
  it.each<[string, Partial<PolicyQuestion>, string | undefined]>([
    ['its role goes there', { profile: 'work' }, undefined],
    ['nobody says of which login it is', { profile: 'work', source: 'unknown' }, undefined],
    ['it comes from no login', { profile: 'work', source: 'none' }, undefined],
    ['the role is asked for itself', { profile: 'work', arn: roleArn }, undefined],
    ['its role goes elsewhere', { profile: 'dev' }, 'policy-fixed-profile'],
    ['another role goes there', { profile: 'work', arn: other }, 'policy-fixed-profile'],
    [
      'the role of that name in another account goes there',
      { profile: 'work', arn: 'arn:aws:sts::999999999999:assumed-role/Dev/jo' },
      'policy-fixed-profile',
    ],
    [
      'it comes from another issuer',
      { profile: 'work', source: { ...login, issuer: 'https://other.example' } },
      'policy-fixed-profile',
    ],
    [
      'it comes by another provider',
      { profile: 'work', source: { ...login, providerArn: `${login.providerArn}2` } },
      'policy-fixed-profile',
    ],
    ['nobody knows whose it is', { profile: 'work', arn: '' }, 'policy-fixed-profile'],
    ['neither is concerned', { profile: 'other', arn: other }, undefined],
  ])('with a fixed profile, when %s', (_, question, code) => {
    expect(codeOf(fixed, question)).toBe(code);
  });

  it('with a fixed profile lets its role go to no file at all', () => {
    expect(forbiddenDelivery(fixed, { arn: session, source: login })).toBeUndefined();
  });

  it('with a fixed profile says which one', () => {
    expect(said(forbiddenDelivery(fixed, { arn: other, profile: 'work', source: login }))).toContain('work');
  });

  it('whose fixed role cannot be read lets nobody go there, and everybody elsewhere', () => {
    const unread: Policy = { profiles: [{ ...login, roleArn: 'Dev', profile: 'work' }] };
    expect(codeOf(unread, { profile: 'work', arn: '' })).toBe('policy-fixed-profile');
    expect(codeOf(unread, { profile: 'dev', arn: '' })).toBeUndefined();
  });

  it('may fix two profiles for one role, and each of them for two roles', () => {
    const admin = 'arn:aws:iam::111122223333:role/Admin';
    const both: Policy = {
      profiles: [
        { ...login, roleArn, profile: 'a' },
        { ...login, roleArn, profile: 'b' },
        { ...login, roleArn: admin, profile: 'b' },
      ],
    };
    expect(['a', 'b', 'c'].map((profile) => codeOf(both, { profile }))).toEqual([
      undefined,
      undefined,
      'policy-fixed-profile',
    ]);
    expect(['a', 'b'].map((profile) => codeOf(both, { profile, arn: other }))).toEqual([
      'policy-fixed-profile',
      undefined,
    ]);
  });

  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['2026-01-01T00:15:00Z', undefined],
    ['2026-01-01T00:16:00Z', undefined],
    ['2026-01-01T00:16:01Z', 'policy-forbids'],
    ['2026-01-01T12:00:00Z', 'policy-forbids'],
    ['2025-01-01T00:00:00Z', undefined],
  ])('with sessions of a quarter of an hour and one that ends at %s', (expiration, code) => {
    expect(forbiddenLength({ maxSessionDuration: 900 }, expiration, now)?.code).toBe(code);
    expect(forbiddenLength({}, expiration, now)).toBeUndefined();
  });

  it('says in minutes how long sessions may last and how long this one does', () => {
    expect(said(forbiddenLength({ maxSessionDuration: 900 }, '2026-01-01T01:00:01Z', now))).toContain(
      'sessions of more than 15 minutes, and this one lasts 61.',
    );
  });

  it('that fixes a session name for a profile lets no other one go there, once AWS has named it', () => {
    const profiles = [
      {
        ...login,
        roleArn: 'arn:aws:iam::111122223333:role/Dev',
        profile: 'dev',
        sessionName: 'jo@example.com',
      },
    ];
    expect(codeOf({ profiles })).toBeUndefined();
    expect(codeOf({ profiles }, { arn: 'arn:aws:iam::111122223333:role/Dev' })).toBeUndefined();
    for (const name of ['sam@example.com', 'JO@example.com']) {
      const arn = `arn:aws:sts::111122223333:assumed-role/Dev/${name}`;
      expect(codeOf({ profiles }, { arn })).toBe('policy-session-name');
      expect(said(forbiddenDelivery({ profiles }, { arn, profile: 'dev', source: login }))).toContain(
        `dev is for logins as jo@example.com; this login is as ${name}.`,
      );
    }
  });
});
