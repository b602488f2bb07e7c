import type { RoleView } from '../../webext/login-view.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';
import { mayWrite } from '../parts/entries.ts';
import { TimeBar } from './time-bar.tsx';

/** What became of a role, in a few words, and the time that its credentials have left. */
export function RoleStatus({ view, role, now }: { view: View; role: RoleView; now: number }) {
  const { state, startedAt, endsAt, failure } = role;
  if (state === 'exchanging')
    return <>{text(view.policy.awaited ? 'popup_policyWaiting' : 'popup_asking')}</>;
  if (state === 'offered') return <>{text('popup_offered')}</>;
  if (state === 'expired') return <>{text('page_expired')}</>;
  if (state === 'failed' || (state === 'forgotten' && failure !== undefined)) {
    return <span class="state red">{text('popup_failed')}</span>;
  }
  if (state === 'forgotten') return <>{text('popup_forgetting')}</>;
  return (
    <>
      {state === 'saving' && <span class="state grey">{text('popup_writing')}</span>}
      {state === 'ready' && mayWrite(view) && <span class="state amber">{text('popup_notSaved')}</span>}
      {endsAt !== undefined && <TimeBar startedAt={startedAt} endsAt={endsAt} now={now} />}
    </>
  );
}
