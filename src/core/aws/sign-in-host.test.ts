import { describe, expect, it } from 'vitest';
import { parseSignInHost } from './sign-in-host.ts';

describe('a sign-in host', () => {
  it.each([
    ['signin.aws.amazon.com', 'aws', undefined],
    ['eu-west-1.signin.aws.amazon.com', 'aws', 'eu-west-1'],
    ['zz-future-9.signin.aws.amazon.com', 'aws', 'zz-future-9'],
    ['signin.amazonaws.cn', 'aws-cn', undefined],
    ['cn-north-1.signin.amazonaws.cn', 'aws-cn', 'cn-north-1'],
    ['signin-fips.amazonaws-us-gov.com', 'aws-us-gov', undefined],
    ['us-gov-east-1.signin.amazonaws-us-gov.com', 'aws-us-gov', 'us-gov-east-1'],
    ['signin.amazonaws-eusc.eu', 'aws-eusc', undefined],
  ])('%s belongs to %s, region %s', (host, id, region) => {
    const parsed = parseSignInHost(host);
    expect([parsed?.partition.id, parsed?.region]).toEqual([id, region]);
  });

  it.each([
    'aws.amazon.com',
    'console.aws.amazon.com',
    'signin.aws.amazon.com.evil.example',
    'evilsignin.aws.amazon.com',
    'a.b.signin.aws.amazon.com',
    '-.signin.aws.amazon.com',
    'evil.eu-west-1.signin.aws.amazon.com',
    'evil/eu-west-1.signin.aws.amazon.com',
    'eu-west-1.evil.signin.aws.amazon.com',
    'eu-west-1_.signin.aws.amazon.com',
    'eu-west-1.eu-west-1.signin.aws.amazon.com',
    '',
  ])('is not %j', (host) => {
    expect(parseSignInHost(host)).toBeUndefined();
  });
});
