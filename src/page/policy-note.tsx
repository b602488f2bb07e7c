import { text } from '../webext/text.ts';
import type { PolicyView } from '../webext/view.ts';
import { FailureNote } from './failure-note.tsx';

/** Why the administrator's policy stops everything, or that it has not arrived yet; otherwise nothing. */
export function PolicyNote({ policy: { failure, awaited } }: { policy: PolicyView }) {
  if (failure !== undefined) return <FailureNote failure={failure} tone="bad" />;
  if (!awaited) return null;
  return (
    <div class="note calm" role="status">
      <p class="what">{text('page_policyAwaited')}</p>
      <p>{text('page_policyAwaitedHint')}</p>
    </div>
  );
}
