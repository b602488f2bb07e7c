import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import type { SectionProps } from '../parts/section.ts';

/** How many profiles are on demand, and the way back for all of them. */
export function OnDemand({ view, save }: SectionProps) {
  const bound = view.bindings.filter(({ onDemand }) => onDemand).map(({ profile }) => profile);
  const inFile = view.profiles.filter(({ onDemand }) => onDemand).map(({ name }) => name);
  const { size } = new Set([...bound, ...inFile]);
  if (size === 0) return null;
  const remove = () => save(ask({ type: 'remove-on-demand' }));
  return (
    <div class="on-demand">
      <p>{text('options_onDemand', size)}</p>
      <button type="button" class="quiet danger" onClick={trusted(remove)}>
        {text('options_onDemandUndo')}
      </button>
    </div>
  );
}
