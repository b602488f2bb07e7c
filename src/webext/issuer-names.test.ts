import { describe, expect, it } from 'vitest';
import { issuerName, issuerNames } from './issuer-names.ts';

const okta = 'https://login.example.com/exk1fcia6d6EMsf331d8';

describe('the name of an identity provider', () => {
  it.each([
    [okta, 'login.example.com'],
    ['http://adfs.corp.example/adfs/services/trust', 'adfs.corp.example'],
    ['https://sso.example:8443/idp', 'sso.example:8443'],
    ['urn:acme.eu.auth0.com', 'acme.eu.auth0.com'],
    ['CompanySSO', 'CompanySSO'],
    ['https://[bad', 'https://[bad'],
  ])('of %s is the readable part of it', (issuer, expected) => {
    expect(issuerNames([issuer], {})).toEqual({ [issuer]: expected });
  });

  it('is the one that the user gave', () => {
    expect(issuerNames([okta], { [okta]: 'Work' })).toEqual({ [okta]: 'Work' });
  });

  it('tells two of one host apart, and the known one keeps its name whoever comes after', () => {
    const other = 'https://login.example.com/aaa/';
    expect(issuerNames([okta, other], {})).toEqual({
      [okta]: 'login.example.com',
      [other]: 'login.example.com/aaa',
    });
  });

  it('is never one that the user gave to another, not even of an issuer that is called so', () => {
    const names = issuerNames(['Work', okta], { [okta]: 'Work' });
    expect(names[okta]).toBe('Work');
    expect(names.Work).toBe('Work (2)');
  });

  it('is the default where the given one is empty, and twice the same is given once', () => {
    const other = 'https://other.example/';
    expect(issuerNames([okta, other], { [okta]: 'Work', [other]: 'Work' })).toEqual({
      [okta]: 'Work',
      [other]: 'other.example',
    });
    expect(issuerNames([okta], { [okta]: '' })).toEqual({ [okta]: 'login.example.com' });
  });

  it('shows what is invisible in it', () => {
    expect(issuerNames(['a\u202eb'], {})).toEqual({ 'a\ufffdb': 'a\ufffdb' });
    expect(issuerNames([okta], { [okta]: 'W\u200bork' })[okta]).toBe('W\ufffdork');
  });

  it('is the entity id of one that nobody has met, whatever it is called', () => {
    expect(issuerName({}, 'constructor')).toBe('constructor');
    expect(issuerName(issuerNames(['__proto__'], {}), '__proto__')).toBe('__proto__');
  });
});
