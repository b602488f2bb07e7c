import { IssuerName } from '../../page/issuer-name.tsx';
import { linkPlaceOf } from '../../page/link-place.ts';
import { phrase } from '../../page/phrase.tsx';
import { browser } from '../../webext/browser.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';

/** How to come by a sign-in link, where there is none to renew through. */
export function NoLink({ view, issuer }: { view: View; issuer: string }) {
  const place = linkPlaceOf(issuer);
  return (
    <>
      <p class="hint">
        {phrase('popup_noLink', <IssuerName view={view} issuer={issuer} />)} {place?.where}
      </p>
      {view.issuers.includes(issuer) && (
        <a
          href={browser.runtime.getURL('src/options/index.html#identity-providers')}
          target="_blank"
          rel="noreferrer"
        >
          {text('popup_noLinkSet')}
        </a>
      )}
    </>
  );
}
