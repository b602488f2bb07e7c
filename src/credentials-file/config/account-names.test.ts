import { expect, test } from 'vitest';
import { accountNamesIn } from './account-names.ts';

const live = '111122223333';
const other = '444455556666';
const namesIn = (content: string) => accountNamesIn(Buffer.from(content).toString('latin1'));

test.each([
  [
    'an explicit setting',
    `[profile x]\nsso_account_id = ${live}\nsso_account_name = Größe live\n`,
    'Größe live',
  ],
  ['a comment', `# Account: shop-live (${live})\n[profile x]\nregion = eu-west-1\n`, 'shop-live'],
  [
    'profiles called after account and role, as Granted writes them',
    `[profile Shop-Live/Admin]\ngranted_sso_account_id = ${live}\ngranted_sso_role_name = Admin\n[profile Shop-Live/Dev]\ngranted_sso_account_id = ${live}\ngranted_sso_role_name = Dev\n`,
    'Shop-Live',
  ],
  [
    'the same with a dot, as aws-sso-util writes them',
    `[profile live.Admin]\nsso_account_id = ${live}\nsso_role_name = Admin\n`,
    'live',
  ],
  [
    'a profile that has the role behind it in small letters',
    `[profile shop-admin]\nrole_arn = arn:aws:iam::${live}:role/Admin\n`,
    'shop',
  ],
  ['a profile with a name in UTF-8', `[profile größe]\nrole_arn = arn:aws:iam::${live}:role/A\n`, 'größe'],
  ['the only profile of a role', `[profile prod]\nrole_arn = arn:aws:iam::${live}:role/team/Admin\n`, 'prod'],
  [
    'the only profile of IAM Identity Center',
    `[profile prod]\nsso_account_id = ${live}\nsso_role_name = Admin\n`,
    'prod',
  ],
  [
    'a setting rather than a profile',
    `[profile x]\nsso_account_id=${live}\nsso_account_name=a\nsso_role_name=R\n`,
    'a',
  ],
])('an account is called by %s', (_, content, name) => {
  expect(namesIn(content)).toEqual({ [live]: name });
});

test.each([
  [
    'two profiles of one account',
    `[profile a]\nrole_arn=arn:aws:iam::${live}:role/A\n[profile b]\nrole_arn=arn:aws:iam::${live}:role/B\n`,
  ],
  [
    'two names before a role',
    `[profile a-R]\nsso_account_id=${live}\nsso_role_name=R\n[profile b-R]\nsso_account_id=${live}\nsso_role_name=R\n`,
  ],
  [
    'one name for two accounts',
    `[profile a/R]\nsso_account_id=${live}\nsso_role_name=R\n[profile a/S]\nsso_account_id=${other}\nsso_role_name=S\n`,
  ],
  ['two names said outright', `# Account: a (${live})\n# Account: b (${live})\n`],
  ['the role’s own name', `[profile admin]\nrole_arn=arn:aws:iam::${live}:role/Admin\n`],
  ['the default profile', `[default]\nsso_account_id=${live}\n`],
  ['a number', `[profile ${live}]\nsso_account_id=${live}\n`],
  [
    'a profile of two accounts',
    `[profile a]\nsso_account_id=${live}\nrole_arn=arn:aws:iam::${other}:role/A\n`,
  ],
  ['an account of eleven digits', '[profile a]\nsso_account_id=11112222333\n'],
  [
    'a name that disguises itself',
    `[profile x]\nsso_account_id=${live}\nsso_account_name=a\u202eb\nsso_role_name=x\n`,
  ],
  ['a comment in other words', `# ${live} is prod\n# see Account: prod (${live}) there\n`],
  ['nothing', ''],
])('%s tells no name', (_, content) => {
  expect(namesIn(content)).toEqual({});
});
