import { expect, test } from 'vitest';
import { foreignContent } from './foreign-content.ts';

const something = 'other-content';
const config = 'config-content';

test.each([
  ['', undefined],
  ['# to be filled\n', undefined],
  ['[dev]\n', undefined],
  ['[dev]\naws_access_key_id = ASIAX\n', undefined],
  ['[dev]\nregion = x\nAWS_Secret_Access_Key = x\n', undefined],
  ['[dev]\naws_session_token = x\n', undefined],
  ['[dev]\ncredential_process = x\n', undefined],
  ['[dev]\nx_principal_arn = x\n', undefined],
  ['[profiles]\naws_access_key_id = x\n', undefined],
  ['[my profile x]\naws_access_key_id = x\n', undefined],
  ['[dev]\naws_access_key_id = ASIAX\n[profile dev]\nregion = x\n', config],
  ['[ profile dev]\n', config],
  ['[sso-session s]\n', config],
  ['[services s]\n', config],
  ['[user]\nname = Jo\nemail = jo@example.com\n', something],
  ['[dev]\nmy_aws_access_key_id = x\naws_access_key_id_old = x\n', something],
  ['{"aws_access_key_id": "x"}\n', something],
  ['aws_access_key_id = ASIAX\n', something],
])('%j is told from a credentials file', (content, reason) => {
  expect(foreignContent(content)).toBe(reason);
});
