/** What a sign-in link looks like where the entity id does not tell all of it; what is missing stands in capitals. */
export interface LinkForm {
  product: 'okta' | 'entra' | 'google' | 'keycloak' | 'onelogin' | 'jumpcloud' | 'auth0';
  form: string;
}

/**
 * Entity ids, and what the sign-in link of each looks like. Sources: Okta "App Embed Link", Microsoft Entra "User access
 * URL", Google's `initsso`, Keycloak "IDP-Initiated SSO URL name", OneLogin's tiles, JumpCloud "IDP URL", Auth0 "IdP-initiated
 * SSO".
 */
const forms: readonly [entityId: RegExp, product: LinkForm['product'], form: string][] = [
  [/^https?:\/\/www\.okta\.com\/\w+$/, 'okta', 'https://COMPANY.okta.com/home/amazon_aws/APP/272'],
  [
    /^https?:\/\/([\w-]+(?:\.[\w-]+)*\.(?:okta|oktapreview|okta-emea)\.com)\/\w*$/,
    'okta',
    'https://$1/home/amazon_aws/APP/272',
  ],
  [
    /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\/([0-9a-f-]{36})\/?$/i,
    'entra',
    'https://myapps.microsoft.com/signin/APP?tenantId=$1',
  ],
  [
    /^https:\/\/accounts\.google\.com\/o\/saml2\?idpid=(\w+)$/,
    'google',
    'https://accounts.google.com/o/saml2/initsso?idpid=$1&spid=APP&forceauthn=false',
  ],
  [
    /^https?:\/\/([\w.-]+(?::\d+)?(?:\/[\w-]+)*\/realms\/[\w.-]+)\/?$/,
    'keycloak',
    'https://$1/protocol/saml/clients/NAME',
  ],
  [/^https:\/\/app\.onelogin\.com\/saml\/metadata\//, 'onelogin', 'https://COMPANY.onelogin.com/launch/APP'],
  [/^jumpcloud\b/i, 'jumpcloud', 'https://sso.jumpcloud.com/saml2/NAME'],
  [/^urn:([\w-]+(?:\.[\w-]+)*\.auth0\.com)$/, 'auth0', 'https://$1/samlp/CLIENT-ID'],
];

/** What the sign-in link of an identity provider looks like; `undefined` where its entity id is nobody's we know. */
export function linkFormOf(issuer: string): LinkForm | undefined {
  const found = forms.find(([entityId]) => entityId.test(issuer));
  if (found === undefined) return undefined;
  const [entityId, product, form] = found;
  const [, told = ''] = entityId.exec(issuer) ?? [];
  return { product, form: form.replace('$1', told) };
}
