import { describe, expect, it } from 'vitest';
import { allowedKinds, lesserChoice } from './lesser-choice.ts';

const roleArn = 'arn:aws-us-gov:iam::111122223333:role/Admin';

it('takes a preset in the partition of the role, whatever was typed before', () => {
  expect(lesserChoice('view-only', 'x', roleArn)).toEqual({
    policyArns: ['arn:aws-us-gov:iam::aws:policy/job-function/ViewOnlyAccess'],
  });
});

it.each(['a\nb', ' a , b\n', 'a b', 'a,\r\n\r\nb,'])('reads ARNs from %j', (typed) => {
  expect(lesserChoice('managed', typed, roleArn)).toEqual({ policyArns: ['a', 'b'] });
});

it('leaves out the spaces between the words of JSON, which AWS counts', () => {
  expect(lesserChoice('json', ' { "Id" : "a b" ,\n "Statement": [] }\n', roleArn)).toEqual({
    policy: '{"Id":"a b","Statement":[]}',
  });
});

it.each(['managed', 'json'] as const)('is nothing while nothing is typed as %s', (kind) => {
  expect(lesserChoice(kind, ' \n', roleArn)).toBeUndefined();
});

describe('what may be chosen', () => {
  const ofAws = (name: string) => `arn:aws-us-gov:iam::aws:policy/${name}`;
  const policy = '{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}';
  const presets = ['read-only', 'view-only', 'security-audit'];
  const kinds = (...sessionPolicies: { roleName?: string; policyArns?: string[]; policy?: string }[]) =>
    allowedKinds({ sessionPolicies }, roleArn);

  it('is everything where the administrator demands nothing of the role', () => {
    expect(allowedKinds({}, roleArn)).toEqual([...presets, 'managed', 'json']);
    expect(kinds({ roleName: 'Other', policy })).toEqual([...presets, 'managed', 'json']);
  });

  it('is only what is part of what is demanded', () => {
    expect(kinds({ policyArns: [ofAws('ReadOnlyAccess'), ofAws('X')] })).toEqual(['read-only', 'managed']);
    expect(kinds({ policyArns: [ofAws('SecurityAudit'), ofAws('X')], policy })).toEqual([
      'security-audit',
      'managed',
      'json',
    ]);
  });

  it.each([{ policyArns: [ofAws('ReadOnlyAccess')] }, { policy }])(
    'is nothing where %j is demanded, of which a part is all of it',
    (demand) => expect(kinds(demand)).toEqual([]),
  );

  it('is no preset where those of another partition are demanded', () => {
    const policyArns = ['ReadOnlyAccess', 'SecurityAudit'].map((name) => `arn:aws:iam::aws:policy/${name}`);
    expect(kinds({ policyArns })).toEqual(['managed']);
  });
});
