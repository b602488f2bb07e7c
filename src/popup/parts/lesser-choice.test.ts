import { expect, it } from 'vitest';
import { lesserChoice } from './lesser-choice.ts';

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
