import { expect, it } from 'vitest';
import { profileOf, templateFailure } from './profile-template.ts';

const admin = 'arn:aws-cn:iam::222233334444:role/team/Admin@Work';

it.each([
  ['{account}-{role}', '222233334444-admin-work'],
  ['{partition}/{account}/{role}', 'aws-cn/222233334444/admin-work'],
  ['Work-{role}', 'Work-admin-work'],
  ['Dev', 'Dev'],
])('makes of %s the name %s', (template, name) => {
  expect(templateFailure(template)).toBeUndefined();
  expect(profileOf(template, admin)).toBe(name);
});

it.each(['{nobody}', '{}', '{role}-{Role}', '{role', 'role}'])(
  'names in its refusal of %s what there is',
  (template) => {
    expect(templateFailure(template)?.message).toContain(
      'only {role}, {account} and {partition} are filled in',
    );
  },
);

it.each(['{nobody}', '{accountName}', '{constructor}', '{role', 'a b', '', '{role}\n[x]'])(
  'takes %j for no name',
  (template) => {
    expect(templateFailure(template)).toMatchObject({ code: 'profile-name-invalid' });
  },
);
