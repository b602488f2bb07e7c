import { describe, expect, it } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import { consoleDestination, type Wishes } from './console-destination.ts';

const sessionIn = (partition: string) => `arn:${partition}:sts::111122223333:assumed-role/Developer/jo`;
const at = (profile: { principalArn?: string; region?: string }, wishes: Wishes = {}, env = {}) =>
  consoleDestination('dev', profile, wishes, env);
const page = (...args: Parameters<typeof at>) => {
  const goal = at(...args);
  return goal.ok ? goal.value.page : goal.failure;
};

describe('the console of a profile', () => {
  it.each([
    [
      'the account that its credentials are of',
      { principalArn: sessionIn('aws-cn') },
      'console.amazonaws.cn',
    ],
    [
      'that account, whatever its region says',
      { principalArn: sessionIn('aws-us-gov'), region: 'eu-west-1' },
      'console.amazonaws-us-gov.com',
    ],
    ['its region, where it names no account', { region: 'cn-north-1' }, 'console.amazonaws.cn'],
    ['nothing else, then it is that of most', {}, 'console.aws.amazon.com'],
  ])('is that of %s', (_, profile, host) => {
    expect(new URL(page(profile) as string).host).toBe(host);
  });

  it('shows the wanted region, else that of the environment, else that of the profile, else the last used', () => {
    const profile = { principalArn: sessionIn('aws'), region: 'eu-west-1' };
    const env = { AWS_REGION: 'eu-west-2', AWS_DEFAULT_REGION: 'eu-west-3' };
    const regionOf = (...args: Parameters<typeof at>) =>
      new URL(page(...args) as string).searchParams.get('region');
    expect(regionOf(profile, { region: 'us-east-1' }, env)).toBe('us-east-1');
    expect(regionOf(profile, {}, env)).toBe('eu-west-2');
    expect(regionOf(profile, {}, { ...env, AWS_REGION: '' })).toBe('eu-west-3');
    expect(regionOf(profile)).toBe('eu-west-1');
    expect(regionOf({ principalArn: sessionIn('aws') })).toBe(null);
  });

  it('passes over regions that are of another partition, or none at all', () => {
    const profile = { principalArn: sessionIn('aws-cn'), region: 'cn-north-1' };
    const env = { AWS_REGION: 'eu-west-1', AWS_DEFAULT_REGION: 'x&y' };
    expect(page(profile, {}, env)).toBe('https://console.amazonaws.cn/console/home?region=cn-north-1');
  });

  it('shows a page as it is, but not in the session of whoever copied it', () => {
    const url =
      'https://111122223333-a1b2c3d4.eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/f';
    expect(page({}, { url })).toBe(
      'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/f',
    );
  });

  it.each<[Wishes, string]>([
    [
      { url: 'https://console.amazonaws.cn/s3/home' },
      'https://console.amazonaws.cn/s3/home is not in the partition aws',
    ],
    [{ url: 'https://evil.example/' }, 'is not in the partition aws'],
    [{ region: 'cn-north-1' }, 'cn-north-1 is not in the partition aws, where the profile dev is'],
  ])('is not left for %j', (wishes, words) => {
    expect(page({ principalArn: sessionIn('aws') }, wishes)).toEqual(saying('partition-differs', words));
  });

  it('shows a region that is newer than Roleferry', () => {
    expect(page({}, { region: 'eu-future-9' })).toContain('region=eu-future-9');
  });

  it('is unknown where the partition is', () => {
    expect(page({ principalArn: sessionIn('aws-moon') })).toEqual(saying('partition-unknown', 'aws-moon'));
  });
});
