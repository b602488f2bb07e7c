import { usualAudience } from './sign-in-url.ts';

/**
 * Where identity providers begin a login to AWS by themselves, by the path of their entity id. Only products whose
 * address follows from it. Sources: AD FS `IdpInitiatedSignOn`, Shibboleth "UnsolicitedSSOConfiguration", SimpleSAMLphp
 * "IdP-initiated flow" of versions 1 and 2, PingFederate `/idp/startSSO.ping`, JumpCloud "IDP URL".
 */
const starts: readonly [entityId: RegExp, start: string][] = [
  [/^\/adfs\/services\/trust\/?$/, '/adfs/ls/IdpInitiatedSignOn.aspx?loginToRp='],
  [/^\/idp\/shibboleth\/?$/, '/idp/profile/SAML2/Unsolicited/SSO?providerId='],
  [/^(.*\/saml2\/idp)\/metadata\.php$/, '$1/SSOService.php?spentityid='],
  [/^(.*\/module\.php\/saml\/idp)\/metadata$/, '$1/singleSignOnService?spentityid='],
  [/^\/idp\/(?:SSO\.saml2|startSSO\.ping)$/, '/idp/startSSO.ping?PartnerSpId='],
];

/**
 * The sign-in link of an identity provider, as far as its entity id tells; `undefined` where it does not. Always https,
 * and on the host of the entity id.
 */
export function signInLinkOf(issuer: string, partition: string): string | undefined {
  const url = URL.canParse(issuer) ? new URL(issuer) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.host === '') return undefined;
  // The port of plain http is not that of https.
  if (url.protocol === 'http:' && url.port !== '') return undefined;
  if (url.host === 'sso.jumpcloud.com' && /^\/saml2\/[\w.-]+$/.test(url.pathname))
    return `https://${url.host}${url.pathname}`;
  const start = starts.find(([entityId]) => entityId.test(url.pathname));
  if (start === undefined) return undefined;
  return `https://${url.host}${url.pathname.replace(...start)}${encodeURIComponent(usualAudience(partition))}`;
}
