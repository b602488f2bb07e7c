import { describe, expect, it } from 'vitest';
import { profileNameFailure } from '../core/profile-name.ts';
import { suggestProfile } from './suggest-profile.ts';

const role = (name: string) => ({
  roleArn: `arn:aws:iam::111122223333:role/${name}`,
  providerArn: 'arn:aws:iam::111122223333:saml-provider/Okta',
});

describe('the profile that is suggested for a role', () => {
  it('has the name of the role in small letters', () => {
    expect(suggestProfile(role('Developer'), [])).toBe('developer');
    expect(suggestProfile(role('team/blue/Power_User'), [])).toBe('power_user');
  });

  it('names the account when another login has that name', () => {
    expect(suggestProfile(role('Admin'), [{ profile: 'admin' }])).toBe('admin-111122223333');
    expect(suggestProfile(role('Admin'), [{ profile: 'administrator' }])).toBe('admin');
  });

  it.each(['Admin+Read', 'a=b,c@d.e', 'A'.repeat(64), '=', '-'])(
    'can be used as it stands for a role that is called %s',
    (name) => {
      const suggested = suggestProfile(role(name), []);
      expect(profileNameFailure(suggested)).toBeUndefined();
      expect(profileNameFailure(suggestProfile(role(name), [{ profile: suggested }]))).toBeUndefined();
    },
  );

  it('is none for what is no role', () => {
    expect(suggestProfile({ roleArn: 'arn:x', providerArn: '' }, [])).toBe('');
  });
});
