import { printable } from '../../core/words/printable.ts';
import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import { Card } from '../parts/card.tsx';
import type { Save } from '../parts/saving.tsx';

/** Identity providers whose logins are not compared by name, because the user said so; nothing if there are none. */
export function ChangingNames({ issuers, save }: { issuers: string[]; save: Save }) {
  if (issuers.length === 0) return null;
  const set = (issuer: string, change: boolean) => ask({ type: 'set-names-change', issuer, change });
  const compare = (issuer: string) =>
    save(set(issuer, false), {
      said: text('options_namesCompared'),
      undo: () => set(issuer, true),
    });
  return (
    <Card id="changing-names" title={text('options_changingNames')} hint={text('options_changingNamesHint')}>
      <ul class="rows">
        {issuers.map((issuer) => (
          <li key={issuer} class="changing-name">
            <bdi>{printable(issuer)}</bdi>
            <button
              type="button"
              class="quiet"
              aria-label={text('options_compareNamesOf', printable(issuer))}
              onClick={trusted(() => compare(issuer))}
            >
              {text('options_compareNames')}
            </button>
          </li>
        ))}
      </ul>
    </Card>
  );
}
