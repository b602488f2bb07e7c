import type { PolicyView } from '../webext/messages.ts';
import { text } from '../webext/text.ts';
import { FailureNote } from './failure-note.tsx';

/** Why nothing is done for want of the administrator's policy, or until it comes; nothing where that is no matter. */
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
