import { useState } from 'preact/hooks';
import { browser } from '../background/browser.ts';
import type { View } from '../background/messages.ts';
import type { Failure } from '../core/failure.ts';
import { ask } from '../page/background.ts';
import { FailureNote } from '../page/failure-note.tsx';
import { trusted } from '../page/trusted.ts';

/** Where to log in, what can be forgotten, and the way to the options. */
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
          {title}
        </a>
      ))}
      {view.logins.length > 0 && (
        <button type="button" class="quiet" onClick={trusted(forget)}>
          Forget everything now
        </button>
      )}
      <button type="button" class="quiet" onClick={() => browser.runtime.openOptionsPage()}>
        Options
      </button>
      <span role="status">{forgotten && 'Forgotten: all logins, and the profiles written from them.'}</span>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </footer>
  );
}
