import { describe, expect, it } from 'vitest';
import { signInLinkOf } from './sign-in-link.ts';

const aws = 'urn%3Aamazon%3Awebservices';

describe('the sign-in link of an identity provider', () => {
  it.each([
    [
      'http://adfs.corp.example/adfs/services/trust',
      `https://adfs.corp.example/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=${aws}`,
    ],
    [
      'https://idp.uni.example/idp/shibboleth',
      `https://idp.uni.example/idp/profile/SAML2/Unsolicited/SSO?providerId=${aws}`,
    ],
    [
      'https://sso.example:8443/simplesaml/saml2/idp/metadata.php',
      `https://sso.example:8443/simplesaml/saml2/idp/SSOService.php?spentityid=${aws}`,
    ],
    [
      'https://sso.example/simplesaml/module.php/saml/idp/metadata',
      `https://sso.example/simplesaml/module.php/saml/idp/singleSignOnService?spentityid=${aws}`,
    ],
    [
      'https://sso.acme.example:9031/idp/SSO.saml2',
      `https://sso.acme.example:9031/idp/startSSO.ping?PartnerSpId=${aws}`,
    ],
    ['https://sso.jumpcloud.com/saml2/aws-prod', 'https://sso.jumpcloud.com/saml2/aws-prod'],
  ])('follows from %s', (issuer, link) => {
    expect(signInLinkOf(issuer, 'aws')).toBe(link);
  });

  it.each([
    ['aws-cn', 'urn%3Aamazon%3Awebservices%3Acn-north-1'],
    ['aws-us-gov', 'urn%3Aamazon%3Awebservices%3Agovcloud'],
  ])('names the AWS of %s', (partition, audience) => {
    expect(signInLinkOf('https://a.example/adfs/services/trust', partition)).toContain(
      `loginToRp=${audience}`,
    );
  });

  it.each([
    'http://www.okta.com/exk1fcia6d6EMsf331d8',
    'https://accounts.google.com/o/saml2?idpid=C01abc',
    'https://sts.windows.net/5c1f3b0e/',
    'https://idp.example/realms/corp',
    'urn:acme.eu.auth0.com',
    'Company SSO',
    '',
    'javascript:/adfs/services/trust',
    'file:///adfs/services/trust',
    'http://a.example:8080/adfs/services/trust',
    'https://a.example/adfs/services/trust/more',
  ])('cannot be told from %j', (issuer) => {
    expect(signInLinkOf(issuer, 'aws')).toBeUndefined();
  });

  it('has nothing of a query, a name or a password in the entity id', () => {
    expect(
      signInLinkOf('https://user:secret@a.example/adfs/services/trust?session=secret#secret', 'aws'),
    ).toBe(`https://a.example/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp=${aws}`);
  });
});
