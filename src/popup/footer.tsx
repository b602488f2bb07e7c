import { useState } from 'preact/hooks';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { trusted } from '../page/trusted.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';
import { Explained } from './parts/explained.tsx';

/** Sign-in links, and “Forget everything”. */
export function Footer({ view }: { view: View }) {
  const [failure, setFailure] = useState<Failure>();
  const [forgotten, setForgotten] = useState(false);
  const forget = async () => {
    const answer = await ask({ type: 'forget-everything' });
    setFailure(answer.ok ? undefined : answer.failure);
    setForgotten(answer.ok);
  };
  return (
    <footer>
      {view.policy.signInLinks.map(({ title, url }) => (
        <a key={url} href={url} target="_blank" rel="noreferrer">
          <bdi>{title}</bdi>
        </a>
      ))}
      {view.canForget && (
        <Explained explanation={text('popup_forgetEverythingHint')}>
          {(explanation) => (
            <button type="button" class="quiet" aria-describedby={explanation} onClick={trusted(forget)}>
              {text('popup_forgetEverything')}
            </button>
          )}
        </Explained>
      )}
      <span role="status">{forgotten && text('popup_forgotten')}</span>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </footer>
  );
}
