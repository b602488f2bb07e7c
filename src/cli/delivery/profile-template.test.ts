import { expect, it } from 'vitest';
import { said } from '../../../test/fixtures/said.ts';
import { profileOf, templateFailure } from './profile-template.ts';

const admin = {
  roleArn: 'arn:aws-cn:iam::222233334444:role/team/Admin@Work',
  providerArn: 'arn:aws-cn:iam::222233334444:saml-provider/Corp_IdP',
};

it.each([
  ['{account}-{role}', '222233334444-admin-work'],
  ['{partition}/{account}/{role}', 'aws-cn/222233334444/admin-work'],
  ['Work-{role}', 'Work-admin-work'],
  ['{provider}-{role}', 'corp_idp-admin-work'],
  ['Dev', 'Dev'],
])('makes of %s the name %s', (template, name) => {
  expect(templateFailure(template, true)).toBeUndefined();
  expect(profileOf(template, admin)).toBe(name);
});

it.each(['{nobody}', '{}', '{role}-{Role}', '{role', 'role}'])(
  'names in its refusal of %s what there is',
  (template) => {
    expect(said(templateFailure(template, false))).toContain(
      'only {role}, {account}, {partition} are filled in',
    );
    expect(said(templateFailure(template, true))).toContain(
      'only {role}, {account}, {partition}, {provider} are filled in',
    );
  },
);

it.each(['{nobody}', '{accountName}', '{constructor}', '{role', 'a b', '', '{role}\n[x]'])(
  'takes %j for no name',
  (template) => {
    expect(templateFailure(template, true)).toMatchObject({ code: 'profile-name-invalid' });
  },
);

it('fills in a provider only where a login offers the role', () => {
  expect(templateFailure('{provider}', false)).toMatchObject({ code: 'profile-name-invalid' });
});
