import { issuerName } from '../../webext/issuer-names.ts';
import { text } from '../../webext/text.ts';
import { Searchable } from '../parts/searchable.tsx';
import type { SectionProps } from '../parts/section.ts';
import { ProviderCard } from './provider-card.tsx';

/** Identity providers, a card for each: what it is called, how to log in there again, and whose names change. */
export function IdentityProviders({ view, save }: SectionProps) {
  const { issuers, issuerNames, settings } = view;
  const nameOf = (issuer: string) => issuerName(issuerNames, issuer);
  const sorted = issuers.toSorted((a, b) => nameOf(a).localeCompare(nameOf(b)));
  return (
    <>
      {issuers.length === 0 && (
        <div class="card">
          <p class="empty">{text('options_providersNone')}</p>
        </div>
      )}
      <Searchable items={sorted} wordsOf={(issuer) => [issuer, nameOf(issuer), settings.signInLinks[issuer]]}>
        {(shown) =>
          shown.map((issuer) => <ProviderCard key={issuer} view={view} issuer={issuer} save={save} />)
        }
      </Searchable>
    </>
  );
}
