import { describe, expect, it } from 'vitest';
import { fillTemplate, partsOf, slug } from './profile-template.ts';

describe('the parts of a role', () => {
  it('are its name without the path, its account and its partition', () => {
    const parts = { role: 'Admin@Work', account: '222233334444', partition: 'aws-cn' };
    const roleArn = 'arn:aws-cn:iam::222233334444:role/team/Admin@Work';
    expect(partsOf({ roleArn })).toEqual(parts);
    const providerArn = 'arn:aws-cn:iam::222233334444:saml-provider/Corp';
    expect(partsOf({ roleArn, providerArn })).toEqual({ ...parts, provider: 'Corp' });
  });

  it('are none for what is no role', () => {
    expect(partsOf({ roleArn: 'arn:x' })).toBeUndefined();
  });
});

describe('a template', () => {
  it.each([
    ['{account}-{role}', '1-Admin@Work'],
    ['{role}/{role}', 'Admin@Work/Admin@Work'],
    ['Dev', 'Dev'],
  ])('%s is filled in as %s', (template, filled) => {
    expect(fillTemplate(template, { role: 'Admin@Work', account: '1' })).toBe(filled);
  });

  it.each(['{nobody}', '{role', '{}', '{constructor}', '{__proto__}'])(
    'keeps %s, which is no part',
    (word) => {
      expect(fillTemplate(word, { role: 'Admin' })).toBe(word);
    },
  );

  it('does not look for parts in what it filled in', () => {
    expect(fillTemplate('{role}', { role: '{account}$&', account: '1' })).toBe('{account}$&');
  });
});

it('a slug has small letters, and one hyphen for each run of what is neither letter, digit nor _ . -', () => {
  expect(slug('Shop (Prod)_1.2-本')).toBe('shop-prod-_1.2--');
});

it('a slug has letters without their marks, and ss for ß', () => {
  expect(slug('Größe Été Žižkov ﬁ')).toBe('grosse-ete-zizkov-fi');
});
