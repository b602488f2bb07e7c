import { describe, expect, it } from 'vitest';
import { isSessionOf, parseRoleArn, parseRoleValue, providerName, sameRole, sessionNameOf } from './role.ts';

const role = 'arn:aws:iam::111122223333:role/Admin';
const provider = 'arn:aws:iam::111122223333:saml-provider/Okta';
const roleIn = (path: string) => `arn:aws:iam::111122223333:role/${path}/Admin`;
const pair = { roleArn: role, providerArn: provider };

describe('a value of the Role attribute', () => {
  it.each([
    ['role first', `${role},${provider}`],
    ['provider first', `${provider},${role}`],
    ['with spaces and line breaks around both', `\n  ${role} ,\n\t${provider}\n`],
    ['with the comma behind the provider that Google Workspace mappings have', `${role},${provider},`],
  ])('is read %s', (_, value) => {
    expect(parseRoleValue(value)).toEqual(pair);
  });

  it.each(['a,b', ',', 'a,', 'Dev+Ops=1@x.y-z_,'])(
    'keeps every legal character of the role name %j',
    (name) => {
      const roleArn = `arn:aws:iam::111122223333:role/${name}`;
      expect(parseRoleValue(`${provider},${roleArn}`)).toEqual({ roleArn, providerArn: provider });
      expect(parseRoleValue(`${roleArn},${provider}`)).toEqual({ roleArn, providerArn: provider });
    },
  );

  it('keeps the path of the role', () => {
    const roleArn = 'arn:aws-us-gov:iam::111122223333:role/team/a b/Admin'.replace(' ', '!');
    expect(parseRoleValue(`${roleArn},${provider}`)?.roleArn).toBe(roleArn);
  });

  it.each([
    ['empty', ''],
    ['a role alone', role],
    ['a provider alone', provider],
    ['two roles', `${role},${role}`],
    ['two providers', `${provider},${provider}`],
    ['three parts', `${role},${provider},${role}`],
    ['a user instead of a role', `arn:aws:iam::111122223333:user/Admin,${provider}`],
    ['a space inside the role', `arn:aws:iam::111122223333:role/Ad min,${provider}`],
    ['other text before it', `x${role},${provider}`],
    ['a role by two providers', `${role},${provider},${provider}2`],
    ['two providers before a role', `${provider}2,${provider},${role}`],
    ['two roles by one provider', `${role},${role}2,${provider}`],
    ['two roles behind one provider', `${provider},${role},${role}2`],
    ['two roles with paths', `${provider},${roleIn('team')},${roleIn('ops')}`],
    ['a provider between two roles', `${role},${provider},${roleIn('team')}`],
    ['two whole pairs', `${role},${provider},${role}2,${provider}2`],
    ['a role whose path has a colon', `${roleIn('a:b')},${provider}`],
    ['a role whose name has a colon', `${role}:x,${provider}`],
    ['a line break inside the role', `arn:aws:iam::111122223333:role/Ad\nmin,${provider}`],
  ])('is not read when it is %s', (_, value) => {
    expect(parseRoleValue(value)).toBeUndefined();
  });
});

describe('the ARN of a role', () => {
  it('is taken apart into what people know it by', () => {
    expect(parseRoleArn('arn:aws-cn:iam::111122223333:role/team/Admin')).toEqual({
      partition: 'aws-cn',
      accountId: '111122223333',
      pathAndName: 'team/Admin',
      name: 'Admin',
    });
  });

  it('is not mistaken for another one', () => {
    expect(parseRoleArn('arn:aws:sts::111122223333:assumed-role/Admin/me')).toBeUndefined();
    expect(parseRoleArn('arn:evil:iam::111122223333:role/Admin')).toBeUndefined();
  });

  it('ends where another ARN begins', () => {
    expect(parseRoleArn(`${role},${provider}`)).toBeUndefined();
    expect(parseRoleArn(`${provider},${role}`)).toBeUndefined();
    expect(parseRoleArn(`${role},${roleIn('team')}`)).toBeUndefined();
  });

  it('is not the ARN of a provider', () => {
    expect(providerName(provider)).toBe('Okta');
    expect(providerName(role)).toBeUndefined();
  });
});

describe('the ARN of a session', () => {
  const session = 'arn:aws:sts::111122223333:assumed-role/Admin/jo@example.com';

  it('ends with the name that AWS writes into its audit log', () => {
    expect(sessionNameOf(session)).toBe('jo@example.com');
  });

  it.each([role, roleIn('team')])('is of the role %s', (roleArn) => {
    expect(isSessionOf(session, roleArn)).toBe(true);
  });

  it.each([
    ['another account', role.replace('1111', '4444')],
    ['another partition', role.replace('aws', 'aws-cn')],
    ['another name', `${role}2`],
    ['a name that is the beginning of its own', role.replace('Admin', 'Adm')],
    ['no role', provider],
  ])('is not of a role of %s', (_, roleArn) => {
    expect(isSessionOf(session, roleArn)).toBe(false);
  });

  it('counts from its beginning', () => {
    expect(isSessionOf(`x${session}`, role)).toBe(false);
  });
});

it('a role is the same only by the same provider', () => {
  expect(sameRole(pair, { ...pair })).toBe(true);
  expect(sameRole(pair, { ...pair, roleArn: `${role}2` })).toBe(false);
  expect(sameRole(pair, { ...pair, providerArn: `${provider}2` })).toBe(false);
});
