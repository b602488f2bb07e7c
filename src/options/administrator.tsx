import { text } from '../webext/text.ts';
import type { SectionProps } from './parts/section.ts';

/** What the browser's administrator has set. */
export function Administrator({ view: { policy } }: Pick<SectionProps, 'view'>) {
  const { notes, signInLinks, failure } = policy;
  // The failure is shown above every section.
  if (failure !== undefined) return null;
  return (
    <div class="card">
      {notes.length === 0 && signInLinks.length === 0 && (
        <p class="empty">{text('options_administratorNone')}</p>
      )}
      {notes.length > 0 && (
        <ul class="sentences">
          {notes.map((note) => (
            <li key={note}>
              <bdi>{note}</bdi>
            </li>
          ))}
        </ul>
      )}
      {signInLinks.length > 0 && (
        <>
          <h3>{text('options_administratorLinks')}</h3>
          <ul class="sentences">
            {signInLinks.map(({ title, url }) => (
              <li key={url}>
                <a href={url} target="_blank" rel="noreferrer">
                  <bdi>{title}</bdi>
                </a>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
