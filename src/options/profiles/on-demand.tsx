import { useState } from 'preact/hooks';
import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import type { SectionProps } from '../parts/section.ts';

/** How many profiles are on demand, and the way back for all of them once the user is sure. */
export function OnDemand({ view, save }: SectionProps) {
  const [sure, setSure] = useState(false);
  const bound = view.bindings.filter(({ onDemand }) => onDemand).map(({ profile }) => profile);
  const inFile = view.profiles.filter(({ onDemand }) => onDemand).map(({ name }) => name);
  const names = [...new Set([...bound, ...inFile])];
  if (names.length === 0) return null;
  const remove = async () => {
    await save(ask({ type: 'remove-on-demand' }), { said: removedWords(names) });
    setSure(false);
  };
  return (
    <div class="on-demand">
      <p>{text('options_onDemand', names.length)}</p>
      {sure ? (
        <div class="buttons">
          <button type="button" class="danger" onClick={trusted(remove)}>
            {text('options_onDemandSure', names.length)}
          </button>
          <button type="button" onClick={() => setSure(false)}>
            {text('import_cancel')}
          </button>
        </div>
      ) : (
        <button type="button" class="quiet danger" onClick={() => setSure(true)}>
          {text('options_onDemandUndo')}
        </button>
      )}
    </div>
  );
}

function removedWords(names: string[]): string {
  const shown = names.length > 3 ? [...names.slice(0, 3), '…'] : names;
  return names.length === 1
    ? text('options_onDemandRemoved', shown[0] ?? '')
    : text('options_onDemandAllRemoved', names.length, shown.join(', '));
}
