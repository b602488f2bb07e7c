import { expect, test } from 'vitest';
import { saying } from '../../../test/fixtures/said.ts';
import type { FailureCode } from '../../core/failure-codes.ts';
import { lastOf, temporaryCredentials } from './temporary-credentials.ts';

const settings = (keys: Record<string, string>) =>
  Object.entries(keys).map(([key, value]) => ({ key, value }));

const whole = {
  aws_access_key_id: 'ASIAIOSFODNN7EXAMPLE',
  aws_secret_access_key: 'wJalrXUtnFEMI/K7MDENG',
  aws_session_token: 'FwoGZXIvYXdz==',
  x_security_token_expires: '2030-01-02T03:04:05+01:00',
};
const credentials = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
  sessionToken: 'FwoGZXIvYXdz==',
  expiration: '2030-01-02T02:04:05.000Z',
};
const given = (more: Record<string, string>) => temporaryCredentials(settings({ ...whole, ...more }), 'dev');

test('a profile with temporary credentials gives them, with their end in UTC', () => {
  expect(given({})).toEqual({ ok: true, value: { credentials } });
});

test('the role session is given where the profile names it', () => {
  const principalArn = 'arn:aws:sts::111122223333:assumed-role/Dev/jo';
  expect(given({ x_principal_arn: principalArn })).toEqual({
    ok: true,
    value: { credentials, principalArn },
  });
  expect(given({ x_principal_arn: '' })).toEqual({ ok: true, value: { credentials } });
});

test.each<[Record<string, string>, FailureCode, string]>([
  [{ aws_session_token: '"t"' }, 'profile-value-unfit', 'a session token in quotes'],
  [{ aws_access_key_id: 'AKIAX' }, 'profile-not-temporary', 'a long-lived access key'],
  [{ role_arn: 'x' }, 'profile-not-temporary', 'role_arn'],
])('nothing is given of a profile with %j, and it is said what it has', (more, code, found) => {
  expect(given(more)).toMatchObject({ ok: false, failure: saying(code, found) });
  expect(given(more)).toMatchObject({ failure: saying(code, 'The profile dev ') });
});

test('nothing is given of a profile without credentials, or without their end', () => {
  const without = (code: string) => ({ ok: false, failure: { code, params: { profile: 'dev' } } });
  expect(temporaryCredentials([], 'dev')).toMatchObject(without('profile-no-credentials'));
  expect(given({ aws_secret_access_key: '' })).toMatchObject(without('profile-no-credentials'));
  expect(given({ x_security_token_expires: 'soon' })).toMatchObject(without('profile-no-expiry'));
  expect(given({ x_security_token_expires: '' })).toMatchObject(without('profile-no-expiry'));
});

test('of a key that is there twice the last value counts that is not empty', () => {
  const twice = [
    ...settings({ region: 'a' }),
    ...settings({ region: 'b', output: 'c' }),
    { key: 'region', value: '' },
  ];
  expect(lastOf(twice, 'region')).toBe('b');
  expect(lastOf(twice, 'role_arn')).toBeUndefined();
});
