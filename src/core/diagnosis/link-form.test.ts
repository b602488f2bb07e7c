import { describe, expect, it } from 'vitest';
import { linkFormOf } from './link-form.ts';
import { signInLinkOf } from './sign-in-link.ts';

const tenant = '5c1f3b0e-1111-2222-3333-444455556666';

describe('what the sign-in link of an identity provider looks like', () => {
  it.each([
    ['http://www.okta.com/exk1fcia6d6EMsf331d8', 'okta', 'https://COMPANY.okta.com/home/amazon_aws/APP/272'],
    ['https://acme.okta.com/exk1', 'okta', 'https://acme.okta.com/home/amazon_aws/APP/272'],
    [
      `https://sts.windows.net/${tenant}/`,
      'entra',
      `https://myapps.microsoft.com/signin/APP?tenantId=${tenant}`,
    ],
    [
      'https://accounts.google.com/o/saml2?idpid=C01abc',
      'google',
      'https://accounts.google.com/o/saml2/initsso?idpid=C01abc&spid=APP&forceauthn=false',
    ],
    [
      'https://sso.acme.example/realms/corp',
      'keycloak',
      'https://sso.acme.example/realms/corp/protocol/saml/clients/NAME',
    ],
    [
      'https://sso.acme.example:8443/auth/realms/corp',
      'keycloak',
      'https://sso.acme.example:8443/auth/realms/corp/protocol/saml/clients/NAME',
    ],
    ['https://app.onelogin.com/saml/metadata/0a1b-2c', 'onelogin', 'https://COMPANY.onelogin.com/launch/APP'],
    ['JumpCloud', 'jumpcloud', 'https://sso.jumpcloud.com/saml2/NAME'],
    ['urn:acme.eu.auth0.com', 'auth0', 'https://acme.eu.auth0.com/samlp/CLIENT-ID'],
  ])('is told from %s, but for one part', (issuer, product, form) => {
    expect(linkFormOf(issuer)).toEqual({ product, form });
    // Nothing is filled in that would not work.
    expect(signInLinkOf(issuer, 'aws')).toBeUndefined();
    expect(form).toMatch(/^https:\/\/.*(?:APP|NAME|CLIENT-ID)/);
  });

  it.each([
    'https://idp.example/metadata',
    'https://okta.com.evil.example/exk1',
    'https://evil.example/https://www.okta.com/exk1',
    'https://sts.windows.net/not-a-tenant/',
    'https://accounts.google.com/o/saml2?idpid=C01abc&continue=https://evil.example',
    'https://user:secret@sso.acme.example/realms/corp',
    'https://sso.acme.example/realms/corp?x=$1',
    'urn:acme.auth0.com.evil.example',
    'NotJumpCloud',
    '',
  ])('is nobody’s for %j', (issuer) => {
    expect(linkFormOf(issuer)).toBeUndefined();
  });
});
