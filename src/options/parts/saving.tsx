import { useEffect, useRef, useState } from 'preact/hooks';
import type { Failure } from '../../core/failure.ts';
import type { Result } from '../../core/result.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';

/** What was removed, and how to undo it, if that can be. */
export interface Removal {
  said: string;
  undo?: () => Promise<Result<void>>;
}

/** Shows the outcome of a change; returns whether it was made. */
export type Save = (change: Promise<Result<void>>, removal?: Removal) => Promise<boolean>;

type Outcome =
  | { state: 'none' }
  | { state: 'failed'; failure: Failure }
  | { state: 'saved'; removal?: Removal };

const savedMilliseconds = 3000;

/** Shows the outcome of the last change in one place, always visible, with Undo for removals. */
export function useSaving(): { save: Save; notice: preact.JSX.Element } {
  const [outcome, setOutcome] = useState<Outcome>({ state: 'none' });
  const back = useRef<HTMLButtonElement>(null);
  const save: Save = async (change, removal) => {
    const answer = await change;
    if (!answer.ok) setOutcome({ state: 'failed', failure: answer.failure });
    else setOutcome({ state: 'saved', ...(removal === undefined ? {} : { removal }) });
    return answer.ok;
  };
  useEffect(() => {
    // The focused element is gone with its row.
    back.current?.focus();
    if (outcome.state !== 'saved' || outcome.removal !== undefined) return;
    const timer = setTimeout(() => setOutcome({ state: 'none' }), savedMilliseconds);
    return () => clearTimeout(timer);
  }, [outcome]);

  const close = (
    <button type="button" class="quiet" onClick={() => setOutcome({ state: 'none' })}>
      {text('page_close')}
    </button>
  );
  const removal = outcome.state === 'saved' ? outcome.removal : undefined;
  const undo = removal?.undo;
  const notice = (
    <div class="notice">
      <div role="status" class={outcome.state === 'saved' ? 'notice-card' : ''}>
        {outcome.state === 'saved' && <span>{removal?.said ?? text('options_saved')}</span>}
        {undo && (
          <button ref={back} type="button" onClick={trusted(() => save(undo()))}>
            {text('options_undo')}
          </button>
        )}
        {removal && close}
      </div>
      {outcome.state === 'failed' && (
        <div class="notice-failure">
          <FailureNote failure={outcome.failure} tone="bad" />
          {close}
        </div>
      )}
    </div>
  );
  return { save, notice };
}
