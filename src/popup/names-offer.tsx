import { ask } from '../page/background.ts';
import { trusted } from '../page/trusted.ts';
import { browser } from '../webext/browser.ts';
import { text } from '../webext/text.ts';

/** Asks whether names of accounts may be read on AWS's sign-in page. */
export function NamesOffer({ nameless }: { nameless: number }) {
  return (
    <div class="note calm" role="status">
      <p class="what">{text('popup_nameless', nameless)}</p>
      <p>{text('popup_namesHint')}</p>
      <div class="buttons">
        {/* Neither browser asks about this permission itself, so the popup stays open. */}
        <button
          type="button"
          class="main"
          onClick={trusted(() => browser.permissions.request({ permissions: ['scripting'] }))}
        >
          {text('popup_readNames')}
        </button>
        <button type="button" class="quiet" onClick={trusted(() => ask({ type: 'decline-names' }))}>
          {text('popup_noNames')}
        </button>
      </div>
    </div>
  );
}
