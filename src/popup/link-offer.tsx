import { Fragment } from 'preact';
import { useId, useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { IssuerName } from '../page/issuer-name.tsx';
import { linkPlaceOf } from '../page/link-place.ts';
import { phrase } from '../page/phrase.tsx';
import { trusted } from '../page/trusted.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';

/** Offers to keep the sign-in link of the identity provider that a profile was just saved from: renewing needs it. */
export function LinkOffer({ view, offer }: { view: View; offer: NonNullable<View['linkOffer']> }) {
  const id = useId();
  const { issuer } = offer;
  const [link, setLink] = useState(offer.link);
  const [failure, setFailure] = useState<Failure>();
  const place = linkPlaceOf(issuer);
  const isLink = URL.canParse(link) && link.startsWith('https://');
  const keep = async () => {
    const signInLinks = { ...view.settings.signInLinks, [issuer]: link };
    const answer = await ask({ type: 'change-settings', settings: { signInLinks } });
    setFailure(answer.ok ? undefined : answer.failure);
  };
  return (
    <form class="card link-offer" onSubmit={(event) => event.preventDefault()}>
      <label for={id}>{phrase('popup_linkOffer', <IssuerName view={view} issuer={issuer} />)}</label>
      <div class="field">
        <input
          id={id}
          value={link}
          placeholder={place?.form ?? 'https://'}
          dir="ltr"
          maxLength={2048}
          spellcheck={false}
          autocomplete="off"
          aria-describedby={`${id}-hint`}
          onInput={({ currentTarget }) => setLink(currentTarget.value.trim())}
        />
        <button type="submit" class="main" onClick={trusted(keep)} disabled={!isLink}>
          {text('popup_linkKeep')}
        </button>
      </div>
      <p class="hint" id={`${id}-hint`}>
        {link === '' || isLink ? hintOf(offer.link, link, place) : text('options_linkProblem')}
      </p>
      <div class="link-offer-foot">
        {isLink && (
          <a href={link} target="_blank" rel="noreferrer">
            {text('popup_linkTry')}
          </a>
        )}
        <button type="button" class="quiet" onClick={trusted(() => ask({ type: 'decline-link', issuer }))}>
          {text('popup_linkDecline')}
        </button>
      </div>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </form>
  );
}

/** A link that was told from the entity id may not be the right one. */
function hintOf(suggested: string, link: string, place: ReturnType<typeof linkPlaceOf>) {
  if (suggested !== '' && link === suggested) return text('popup_linkSuggested');
  if (place === undefined) return text('popup_linkHow');
  return (
    <>
      {place.where} <code>{breakable(place.form)}</code>
    </>
  );
}

/** A link that breaks into lines behind its parts, not inside a word. */
const breakable = (link: string) =>
  link.split(/(?<=[/?&])(?!\/)/).map((part, index) => (
    <Fragment key={`${index}${part}`}>
      <wbr />
      {part}
    </Fragment>
  ));
