import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { said } from '../../../test/fixtures/said.ts';
import { sessionPolicySchema } from './role-schema.ts';
import { isSamePolicy, presetOf, presetPolicy } from './session-policy.ts';
import { policyArnFailure, policyFailure, sessionPolicyFailure } from './session-policy-failure.ts';

const roleArn = 'arn:aws-cn:iam::222233334444:role/team/Developer';
const ofAws = (name: string) => `arn:aws-cn:iam::aws:policy/${name}`;
const own = (name: string) => `arn:aws-cn:iam::222233334444:policy/${name}`;

describe('a preset', () => {
  it.each([
    ['read-only', ofAws('ReadOnlyAccess')],
    ['view-only', ofAws('job-function/ViewOnlyAccess')],
    ['security-audit', ofAws('SecurityAudit')],
  ] as const)('%s is a policy of AWS in the partition of the role', (preset, arn) => {
    const sessionPolicy = presetPolicy(preset, roleArn);
    expect(sessionPolicy).toEqual({ policyArns: [arn] });
    expect(sessionPolicyFailure(sessionPolicy, roleArn)).toBeUndefined();
    expect(presetOf(sessionPolicy)).toBe(preset);
  });

  it.each([
    ['another policy', { policyArns: [ofAws('AdministratorAccess')] }],
    ['a policy of the account with its name', { policyArns: [own('ReadOnlyAccess')] }],
    ['two policies', { policyArns: [ofAws('ReadOnlyAccess'), ofAws('SecurityAudit')] }],
    ['one with a policy as JSON', { policyArns: [ofAws('ReadOnlyAccess')], policy: '{}' }],
    ['a policy as JSON', { policy: '{}' }],
  ])('is not %s', (_, sessionPolicy) => {
    expect(presetOf(sessionPolicy)).toBeUndefined();
  });
});

describe('two session policies', () => {
  it('are the same with their ARNs in another order', () => {
    expect(isSamePolicy({ policyArns: ['a', 'b'] }, { policyArns: ['b', 'a'] })).toBe(true);
  });

  it.each([
    [{ policyArns: ['a'] }, undefined],
    [{ policyArns: ['a'] }, { policyArns: ['a', 'b'] }],
    [{ policyArns: ['a'] }, { policyArns: ['a'], policy: '{}' }],
    [{ policy: '{}' }, { policy: '{ }' }],
  ])('are not the same: %j and %j', (a, b) => {
    expect(isSamePolicy(a, b)).toBe(false);
  });
});

it('is no session policy when it would narrow nothing, or has more than AWS takes', () => {
  const arns = (count: number) => Array.from({ length: count }, (_, index) => ofAws(`P${index}`));
  const isOne = (value: unknown) => v.is(sessionPolicySchema, value);
  expect(isOne({ policyArns: arns(10) })).toBe(true);
  expect(isOne({ policy: '{}' })).toBe(true);
  for (const bad of [
    {},
    { policyArns: [] },
    { policyArns: arns(11) },
    { policy: 'a'.repeat(2049) },
    { a: 1 },
  ]) {
    expect(isOne(bad)).toBe(false);
  }
});

describe('managed policies', () => {
  it.each([
    ofAws('ReadOnlyAccess'),
    ofAws('job-function/ViewOnlyAccess'),
    own('Look'),
    own('team/blue/a+b=c,d.e@f-g_h'),
  ])('may be %s', (arn) => {
    expect(policyArnFailure(arn)).toBeUndefined();
    expect(sessionPolicyFailure({ policyArns: [arn] }, roleArn)).toBeUndefined();
  });

  it.each<[string, reason: unknown, says: string]>([
    ['ReadOnlyAccess', 'form', 'not the ARN of a managed policy'],
    ['', 'form', 'not the ARN of a managed policy'],
    [ofAws(''), 'form', 'not the ARN of a managed policy'],
    [`${ofAws('A')}\n`, 'form', 'not the ARN of a managed policy'],
    [`${ofAws('A')} `, 'form', 'not the ARN of a managed policy'],
    [ofAws('a/'), 'form', 'not the ARN of a managed policy'],
    ['arn:aws-cn:iam::222233334444:role/Developer', 'form', 'not the ARN of a managed policy'],
    ['arn:aws-cn:iam::22223333444:policy/A', 'form', 'not the ARN of a managed policy'],
    ['arn:aws-cn:iam:cn-north-1:aws:policy/A', 'form', 'not the ARN of a managed policy'],
    ['arn:aws-cn:s3::aws:policy/A', 'form', 'not the ARN of a managed policy'],
    [
      'arn:aws:iam::aws:policy/ReadOnlyAccess',
      { is: 'partition', partition: 'aws-cn' },
      'the role is in the partition aws-cn',
    ],
    [
      'arn:aws-cn:iam::111122223333:policy/A',
      { is: 'account', accountId: '222233334444' },
      'not in the account of the role, 222233334444',
    ],
  ])('may not be %j', (arn, reason, says) => {
    const refused = sessionPolicyFailure({ policyArns: [ofAws('SecurityAudit'), arn] }, roleArn);
    expect(refused).toMatchObject({ code: 'session-policy-arn', params: { arn, reason } });
    expect(said(refused)).toContain(says);
  });

  it('may not be named twice', () => {
    const policyArns = [own('A'), own('B'), own('A')];
    expect(sessionPolicyFailure({ policyArns }, roleArn)).toMatchObject({
      code: 'session-policy-arn',
      params: { arn: own('A'), reason: 'twice' },
    });
  });

  it('are ten at most', () => {
    const policyArns = Array.from({ length: 11 }, (_, index) => own(`P${index}`));
    expect(sessionPolicyFailure({ policyArns: policyArns.slice(1) }, roleArn)).toBeUndefined();
    expect(said(sessionPolicyFailure({ policyArns }, roleArn))).toContain('11 managed policies');
  });
});

describe('the size of a session policy', () => {
  const sized = (length: number) => {
    const policy = '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}';
    return policy + ' '.repeat(length - policy.length);
  };

  it('is at most 2,048 characters', () => {
    expect(policyFailure(sized(2048))).toBeUndefined();
    expect(policyFailure(sized(2049))).toMatchObject({
      code: 'session-policy-long',
      params: { characters: 2049, most: 2048 },
    });
  });

  it('counts ARNs too', () => {
    const policyArns = [own('A')];
    const room = 2048 - own('A').length;
    expect(sessionPolicyFailure({ policyArns, policy: sized(room) }, roleArn)).toBeUndefined();
    expect(sessionPolicyFailure({ policyArns, policy: sized(room + 1) }, roleArn)).toMatchObject({
      code: 'session-policy-long',
    });
  });
});
