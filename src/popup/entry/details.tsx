import { text } from '../../webext/text.ts';

/** Facts that are rarely needed, each with its name. */
export function Details({ facts }: { facts: (readonly [name: string, fact: string])[] }) {
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
