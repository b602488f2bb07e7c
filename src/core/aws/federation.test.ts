import { expect, it } from 'vitest';
import { consoleLoginLink, federationEndpoint } from './federation.ts';
import { partitions } from './partition.ts';
import { parseSignInHost } from './sign-in-host.ts';

it.each([
  ['aws', 'https://signin.aws.amazon.com/federation'],
  ['aws-cn', 'https://signin.amazonaws.cn/federation'],
  ['aws-eusc', 'https://eusc-de-east-1.signin.amazonaws-eusc.eu/federation'],
  ['aws-iso', 'https://signin.c2shome.ic.gov/federation'],
  ['aws-iso-b', 'https://signin.sc2shome.sgov.gov/federation'],
  ['aws-iso-e', 'https://signin.csphome.adc-e.uk/federation'],
  ['aws-iso-f', 'https://signin.csphome.hci.ic.gov/federation'],
  ['aws-us-gov', 'https://signin.amazonaws-us-gov.com/federation'],
])('credentials of %s go to %s', (id, endpoint) => {
  const partition = partitions.find((one) => one.id === id);
  expect(partition && federationEndpoint(partition)).toBe(endpoint);
});

it('every partition has an endpoint, on a sign-in host of its own', () => {
  for (const partition of partitions) {
    const { host } = new URL(federationEndpoint(partition));
    expect(parseSignInHost(host)?.partition).toBe(partition);
  }
});

it('a login link holds token, page and issuer as they are', () => {
  const page = 'https://console.aws.amazon.com/s3/home?region=eu-west-1&a=b#/x y';
  const wanted = { signInToken: 'a+/=.~-_', page, issuer: 'https://idp.example/?app=aws&x=1' };
  const link = new URL(consoleLoginLink('https://signin.aws.amazon.com/federation', wanted));
  expect(Object.fromEntries(link.searchParams)).toEqual({
    Action: 'login',
    Issuer: wanted.issuer,
    Destination: page,
    SigninToken: wanted.signInToken,
  });
});
