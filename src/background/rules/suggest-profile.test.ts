import { describe, expect, it } from 'vitest';
import { profileNameFailure } from '../../core/profile/profile-name.ts';
import { suggestProfile } from './suggest-profile.ts';

const role = (name: string) => ({
  roleArn: `arn:aws:iam::111122223333:role/${name}`,
  providerArn: 'arn:aws:iam::111122223333:saml-provider/Okta',
});

const suggest = (name: string, taken: string[] = [], template = '{role}', accountName?: string) =>
  suggestProfile(role(name), { taken: new Set(taken), template, accountName });

describe('the profile that is suggested for a role', () => {
  it('has the name of the role in small letters', () => {
    expect(suggest('Developer')).toBe('developer');
    expect(suggest('team/blue/Power_User')).toBe('power_user');
  });

  it('is made by the template', () => {
    expect(suggest('Admin', [], '{account}-{role}')).toBe('111122223333-admin');
    expect(suggest('Admin', [], '{provider}-{role}')).toBe('okta-admin');
    expect(suggest('Admin', [], '{partition}/{role}/{nonsense}')).toBe('aws-admin-nonsense-');
    expect(suggest('Admin', [], '{accountName}.{role}', 'Shop Prod')).toBe('shop-prod.admin');
    expect(suggest('Admin', [], '{accountName}/{role}', 'Shop (Prod)')).toBe('shop-prod-admin');
  });

  it('has the number of an account that has no name', () => {
    expect(suggest('Admin', [], '{accountName}-{role}')).toBe('111122223333-admin');
    expect(suggest('Admin', [], '{accountName}-{role}', '')).toBe('111122223333-admin');
  });

  it('is never the one that every tool takes', () => {
    expect(suggest('Default')).toBe('default-111122223333');
  });

  it('names the account when another login has that name', () => {
    expect(suggest('Admin', ['admin'])).toBe('admin-111122223333');
    expect(suggest('Admin', ['administrator'])).toBe('admin');
  });

  it.each(['Admin+Read', 'a=b,c@d.e', 'A'.repeat(64), '=', '-'])(
    'can be used as it stands for a role that is called %s',
    (name) => {
      const suggested = suggest(name);
      expect(profileNameFailure(suggested)).toBeUndefined();
      expect(profileNameFailure(suggest(name, [suggested]))).toBeUndefined();
    },
  );

  it('is none for what is no role', () => {
    expect(suggestProfile({ roleArn: 'arn:x', providerArn: '' }, { taken: new Set(), template: 'x' })).toBe(
      '',
    );
  });
});
