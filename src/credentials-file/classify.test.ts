import { expect, test } from 'vitest';
import { notOursToOverwrite, profileKind } from './classify.ts';

const settings = (keys: Record<string, string>) =>
  Object.entries(keys).map(([key, value]) => ({ key, value }));

const temporary = { aws_access_key_id: 'ASIAX', aws_secret_access_key: 's', aws_session_token: 't' };

test.each([
  [temporary, 'temporary', undefined],
  [{ ...temporary, aws_session_token: '', aws_security_token: 't' }, 'temporary', undefined],
  [{ ...temporary, aws_access_key_id: 'AKIAX' }, 'long-lived', 'a long-lived access key'],
  [{ ...temporary, aws_session_token: '' }, 'long-lived', 'an access key without a session token'],
  [{ aws_secret_access_key: 's' }, 'long-lived', 'a secret key without a session token'],
  [{ credential_process: 'x' }, 'process', 'credential_process'],
  [{ ...temporary, credential_process: 'x' }, 'temporary', 'credential_process'],
  [{ sso_start_url: 'x', sso_region: 'y' }, 'sso', 'sso_start_url, sso_region'],
  [{ ...temporary, role_arn: 'x' }, 'role', 'role_arn'],
  [{ region: 'x' }, 'other', undefined],
  [{ aws_access_key_id: '', aws_secret_access_key: '' }, 'other', undefined],
])('%j is %s', (keys, kind, found) => {
  expect(profileKind(settings(keys))).toBe(kind);
  expect(notOursToOverwrite(settings(keys))).toBe(found);
});

test('no value is ever said', () => {
  const found = notOursToOverwrite(settings({ aws_access_key_id: 'AKIASECRET', credential_process: 'hush' }));
  expect(found).toBe('a long-lived access key, credential_process');
});
