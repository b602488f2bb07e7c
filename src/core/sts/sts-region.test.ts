import { describe, expect, it } from 'vitest';
import { fipsStsHost, stsHost, stsHosts, stsRegion } from './sts-region.ts';

const role = (partition: string) => `arn:${partition}:iam::111122223333:role/Admin`;

describe('the region whose STS is asked', () => {
  it('is that of a regional sign-in host', () => {
    expect(
      stsRegion({
        roleArn: role('aws'),
        signInHost: 'eu-west-1.signin.aws.amazon.com',
        setting: 'us-west-2',
      }),
    ).toBe('eu-west-1');
  });

  it('is the setting when the sign-in host is global', () => {
    expect(
      stsRegion({ roleArn: role('aws'), signInHost: 'signin.aws.amazon.com', setting: 'us-west-2' }),
    ).toBe('us-west-2');
  });

  it.each([
    ['aws', 'us-east-1'],
    ['aws-cn', 'cn-northwest-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('is the default of %s when nothing else tells', (partition, region) => {
    expect(stsRegion({ roleArn: role(partition) })).toBe(region);
  });

  it.each([
    ['that is none', 'Admin'],
    ['of a partition that nobody knows', role('aws-moon')],
  ])('is us-east-1 for an ARN %s', (_, roleArn) => {
    expect(stsRegion({ roleArn })).toBe('us-east-1');
  });

  it('is the setting for an ARN that is none', () => {
    expect(stsRegion({ roleArn: 'Admin', setting: 'us-west-2' })).toBe('us-west-2');
  });

  it('is no region of a partition that nobody knows', () => {
    expect(stsRegion({ roleArn: role('aws-moon'), setting: 'us-west-2' })).toBe('us-east-1');
  });

  it('is never one of another partition, whose STS does not know the role', () => {
    expect(
      stsRegion({
        roleArn: role('aws-cn'),
        signInHost: 'eu-west-1.signin.aws.amazon.com',
        setting: 'us-west-2',
      }),
    ).toBe('cn-northwest-1');
  });

  it.each([
    ['us-east-1', 'sts-fips.us-east-1.amazonaws.com'],
    ['us-east-2', 'sts-fips.us-east-2.amazonaws.com'],
    ['us-west-1', 'sts-fips.us-west-1.amazonaws.com'],
    ['us-west-2', 'sts-fips.us-west-2.amazonaws.com'],
    ['us-gov-west-1', 'sts.us-gov-west-1.amazonaws.com'],
    ['us-gov-east-1', 'sts.us-gov-east-1.amazonaws.com'],
    ['eu-central-1', undefined],
    ['ca-central-1', undefined],
    ['cn-north-1', undefined],
    ['us-iso-east-1', undefined],
    ['evil.example/', undefined],
  ])('%s has the FIPS endpoint %s', (region, host) => {
    expect(fipsStsHost(region)).toBe(host);
  });

  it('has an STS under the DNS suffix of its partition', () => {
    expect(stsHost('eu-west-1')).toBe('sts.eu-west-1.amazonaws.com');
    expect(stsHost('cn-north-1')).toBe('sts.cn-north-1.amazonaws.com.cn');
    expect(stsHost('us-gov-west-1')).toBe('sts.us-gov-west-1.amazonaws.com');
  });

  it('has an STS under amazonaws.com if it is newer than the list of regions', () => {
    expect(stsHost('eu-west-9')).toBe('sts.eu-west-9.amazonaws.com');
  });

  it('has one of the hosts that may be asked', () => {
    const hosts = stsHosts();
    expect(hosts).toContain('sts.eu-west-1.amazonaws.com');
    expect(hosts).toContain('sts.cn-north-1.amazonaws.com.cn');
    expect(hosts.filter((host) => host.includes('fips'))).toEqual([
      'sts-fips.us-east-1.amazonaws.com',
      'sts-fips.us-east-2.amazonaws.com',
      'sts-fips.us-west-1.amazonaws.com',
      'sts-fips.us-west-2.amazonaws.com',
    ]);
  });
});
