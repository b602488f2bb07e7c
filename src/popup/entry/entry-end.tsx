import type { ComponentChildren } from 'preact';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import { Explained } from '../parts/explained.tsx';

/** The end of an open entry: its facts, what is done with it, and a button that takes something away. */
export function EntryEnd({
  facts,
  removal,
  children,
}: {
  facts: (readonly [name: string, fact: string])[];
  removal?: { label: string; explanation: string | undefined; act: () => unknown } | undefined;
  /** What else is done with it. */
  children: ComponentChildren;
}) {
  return (
    <>
      <Details facts={facts} />
      <div class="entry-foot">
        {children}
        {removal && (
          <Explained explanation={removal.explanation}>
            {(explanation) => (
              <button
                type="button"
                class="quiet danger"
                aria-describedby={explanation}
                onClick={trusted(removal.act)}
              >
                {removal.label}
              </button>
            )}
          </Explained>
        )}
      </div>
    </>
  );
}

/** Facts that are rarely needed, each with its name. */
function Details({ facts }: { facts: (readonly [name: string, fact: string])[] }) {
  return (
    <details>
      <summary>{text('page_details')}</summary>
      <dl>
        {facts.map(([name, fact]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <bdi>{fact}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
