import { type LinkForm, linkFormOf } from '../core/diagnosis/link-form.ts';
import { text } from '../webext/text.ts';

/** Where the sign-in link of an identity provider is found there, and what it looks like; `undefined` if it is unknown. */
export function linkPlaceOf(issuer: string): { where: string; form: string } | undefined {
  const found = linkFormOf(issuer);
  return found && { where: text(wheres[found.product]), form: found.form };
}

const wheres = {
  okta: 'page_linkAtOkta',
  entra: 'page_linkAtEntra',
  google: 'page_linkAtGoogle',
  keycloak: 'page_linkAtKeycloak',
  onelogin: 'page_linkAtOneLogin',
  jumpcloud: 'page_linkAtJumpCloud',
  auth0: 'page_linkAtAuth0',
} as const satisfies Record<LinkForm['product'], string>;
