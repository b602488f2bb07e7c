import { expect, test } from 'vitest';
import { configInTheWay } from './config-in-the-way.ts';

const ours = { key: 'credential_process', value: '/x/roleferry credential-process --profile dev' };
const way = (keys: Record<string, string>, { replace = false, process = false } = {}) => {
  const found = Object.entries(keys).map(([key, value]) => ({ key, value }));
  const failure = configInTheWay('F', process ? [ours, ...found] : found, { name: 'dev', replace });
  return failure && [failure.code, failure.params];
};

test('settings that are no source of credentials are not in the way', () => {
  expect(way({ region: 'x', aws_account_id: '1' })).toBeUndefined();
  expect(way({ region: 'x' }, { process: true })).toBeUndefined();
});

test('another source of credentials wins over what a login writes, whether it may replace or not', () => {
  for (const replace of [false, true]) {
    expect(way({ role_arn: 'r', region: 'x', source_profile: 's' }, { replace })).toEqual([
      'profile-shadowed',
      { profile: 'dev', file: 'F', keys: 'role_arn, source_profile' },
    ]);
  }
  expect(way({ credential_process: '/bin/other' })).toMatchObject(['profile-shadowed', {}]);
});

test('beside our command an access key wins for some tools', () => {
  const keys = { aws_access_key_id: 'AKIAX', aws_secret_access_key: 's' };
  expect(way(keys, { process: true, replace: true })).toMatchObject([
    'profile-shadowed',
    { keys: 'aws_access_key_id' },
  ]);
});

test('long-lived keys are hidden by a login only if they may be', () => {
  const keys = { aws_access_key_id: 'AKIAX', aws_secret_access_key: 's' };
  expect(way(keys)).toEqual(['profile-long-lived', { profile: 'dev', file: 'F', found: 'long-lived-key' }]);
  expect(way(keys, { replace: true })).toBeUndefined();
});
