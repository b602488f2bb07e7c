import { describe, expect, it } from 'vitest';
import { checkPolicy } from './policy.ts';

const live = '111122223333';
const test = '444455556666';
const pattern = {
  issuer: 'https://idp.example',
  accounts: [live, test],
  providerName: 'Idp',
  roleName: 'Developer',
  profile: '{accountName}-{role}',
};
const one = {
  issuer: 'https://idp.example',
  providerArn: `arn:aws:iam::${live}:saml-provider/Idp`,
  roleArn: `arn:aws:iam::${live}:role/Developer`,
  profile: 'dev',
};

const profilesOf = (policy: object) => {
  const read = checkPolicy(policy);
  return 'policy' in read ? read.policy.profiles : read;
};
const namesOf = (...profiles: object[]) => {
  const read = profilesOf({ profiles });
  return Array.isArray(read) ? read.map(({ profile }) => profile) : read;
};

describe('a pattern for fixed profiles', () => {
  it('stands for the role in each account, under the names of the policy, else by number', () => {
    expect(profilesOf({ profiles: [pattern], accounts: [{ accountId: live, name: 'Shop live' }] })).toEqual([
      {
        issuer: 'https://idp.example',
        providerArn: `arn:aws:iam::${live}:saml-provider/Idp`,
        roleArn: `arn:aws:iam::${live}:role/Developer`,
        profile: 'shop-live-developer',
      },
      {
        issuer: 'https://idp.example',
        providerArn: `arn:aws:iam::${test}:saml-provider/Idp`,
        roleArn: `arn:aws:iam::${test}:role/Developer`,
        profile: `${test}-developer`,
      },
    ]);
  });

  it('has the number of accounts whose names have no letter or digit that a profile could have', () => {
    const accounts = [
      { accountId: live, name: '本番' },
      { accountId: test, name: '検証' },
    ];
    const profiles = profilesOf({ profiles: [pattern], accounts });
    expect(profiles).toMatchObject([{ profile: `${live}-developer` }, { profile: `${test}-developer` }]);
    expect(namesOf({ ...pattern, accounts: [live], profile: '@{role}' })).toEqual(['developer']);
  });

  it('may be of another partition, with a path, and for one session name', () => {
    const profiles = [
      {
        ...pattern,
        accounts: [live],
        partition: 'aws-cn',
        roleName: 'team/Developer',
        sessionName: 'jo',
        profile: '{partition}-{provider}-{role}-{account}',
      },
    ];
    expect(profilesOf({ profiles })).toEqual([
      {
        issuer: 'https://idp.example',
        providerArn: `arn:aws-cn:iam::${live}:saml-provider/Idp`,
        roleArn: `arn:aws-cn:iam::${live}:role/team/Developer`,
        profile: `aws-cn-idp-developer-${live}`,
        sessionName: 'jo',
      },
    ]);
  });

  it('leaves out a role that has an entry of its own, wherever that stands', () => {
    expect(namesOf(pattern, one)).toEqual(['dev', `${test}-developer`]);
    expect(namesOf(one, pattern)).toEqual(['dev', `${test}-developer`]);
  });

  it.each<[string, object, string]>([
    ['gives two accounts one profile', { profile: '{role}' }, 'profile'],
    ['knows no such placeholder', { profile: '{acount}-{role}' }, 'profile'],
    ['gives a name that AWS tools do not read', { profile: '' }, 'profile'],
    ['has no account', { accounts: [] }, 'accounts'],
    ['has an account twice', { accounts: [live, live] }, 'accounts'],
    ['has an account of eleven digits', { accounts: ['11112222333'] }, 'accounts.0'],
    ['has a role that is none', { roleName: 'a b' }, 'roleName'],
    ['has a role of another account', { roleName: 'x:role/y' }, 'roleName'],
    ['has a provider that is none', { providerName: 'a/b' }, 'providerName'],
    ['has a partition that is none', { partition: 'aws:' }, 'partition'],
    ['has what it does not know', { roleNames: ['x'] }, 'roleNames'],
    ['is mixed with a single one', { roleArn: one.roleArn }, 'roleArn'],
  ])('that %s makes the policy unreadable', (_, change, where) => {
    expect(profilesOf({ profiles: [{ ...pattern, ...change }] })).toEqual({
      wrong: { is: 'entries', where: `profiles.0.${where}` },
    });
  });

  it('that takes the profile of another entry makes the policy unreadable', () => {
    const wrong = { wrong: { is: 'entries', where: 'profiles.1.profile' } };
    const other = { ...one, roleArn: `${one.roleArn}2`, profile: `${test}-developer` };
    expect(namesOf(other, pattern)).toEqual(wrong);
    expect(namesOf(pattern, { ...pattern, roleName: 'Admin', profile: '{account}-developer' })).toEqual(
      wrong,
    );
  });
});
