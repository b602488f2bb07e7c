import { beforeAll, describe, expect, it } from 'vitest';
import { consoleHostOf, kindOfHost, regionOfHost } from './hosts.ts';
import { makeWorld, type World } from './world.ts';

describe('kindOfHost', () => {
  let world: World;

  beforeAll(async () => {
    world = await makeWorld();
  });

  it.each([
    ['signin.aws.amazon.com', 'sign-in'],
    ['us-west-2.signin.aws.amazon.com', 'sign-in'],
    ['signin.amazonaws.cn', 'sign-in'],
    ['signin-fips.amazonaws-us-gov.com', 'sign-in'],
    ['eusc-de-east-1.signin.amazonaws-eusc.eu', 'sign-in'],
    ['console.aws.amazon.com', 'console'],
    ['sts.amazonaws.com', 'sts'],
    ['sts.us-gov-west-1.amazonaws.com', 'sts'],
    ['sts.cn-north-1.amazonaws.com.cn', 'sts'],
    ['idp.rehearsal.test', 'idp'],
    ['prize.rehearsal.test', 'idp'],
    ['anything.rehearsal.test', 'page'],
  ])('plays %s as %s', (host, kind) => {
    expect(kindOfHost(host, world)).toBe(kind);
  });

  it.each([
    'example.com',
    'signin.aws.amazon.com.example.com',
    'evilsignin.aws.amazon.com',
    'sts.example.com',
    '',
  ])('does not know %s', (host) => {
    expect(kindOfHost(host, world)).toBeUndefined();
  });

  it('finds the region and the console of a regional host', () => {
    expect(regionOfHost('sts.eu-west-1.amazonaws.com')).toBe('eu-west-1');
    expect(regionOfHost('us-gov-west-1.signin.amazonaws-us-gov.com')).toBe('us-gov-west-1');
    expect(regionOfHost('sts.amazonaws.com')).toBeUndefined();
    expect(consoleHostOf('us-west-2.signin.aws.amazon.com')).toBe('us-west-2.console.aws.amazon.com');
  });
});
