import { expect, it } from 'vitest';
import { credentialsSource } from './credentials-source.ts';

const settings = (keys: string) => keys.split(' ').map((key) => ({ key, value: 'x' }));

it.each([
  ['role_arn', 'role'],
  ['role_arn source_profile sso_account_id sso_role_name aws_access_key_id', 'role'],
  ['role_arn source_profile web_identity_token_file', 'web-identity'],
  ['web_identity_token_file region', 'none'],
  ['sso_account_id aws_access_key_id', 'sso'],
  ['sso_role_name credential_process', 'sso'],
  ['sso_session sso_start_url sso_region', 'none'],
  ['aws_access_key_id login_session credential_process', 'keys'],
  ['aws_secret_access_key', 'keys'],
  ['login_session credential_process', 'login'],
  ['credential_process source_profile', 'process'],
  ['region output', 'none'],
])('of %s the AWS CLI takes: %s', (keys, source) => {
  expect(credentialsSource(settings(keys))).toBe(source);
});

it('a setting without a value is none', () => {
  expect(credentialsSource([{ key: 'role_arn', value: '' }])).toBe('none');
});
