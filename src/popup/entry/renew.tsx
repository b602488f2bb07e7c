import { useState } from 'preact/hooks';
import type { Failure } from '../../core/failure.ts';
import { ask } from '../../page/background.ts';
import { FailureNote } from '../../page/failure-note.tsx';
import { trusted } from '../../page/trusted.ts';
import type { View } from '../../webext/messages.ts';
import { text } from '../../webext/text.ts';

/** Whether a login can be started from here. */
export const canRenew = ({ settings }: View, issuer: string): boolean =>
  settings.signInLinks[issuer] !== undefined;

/** Logs in again through the issuer's sign-in link; nothing if there is no link. */
export function Renew({ view, issuer, describedBy }: { view: View; issuer: string; describedBy?: string }) {
  const [failure, setFailure] = useState<Failure>();
  if (!canRenew(view, issuer)) return null;
  const isOpening = view.renewals.some((one) => one.issuer === issuer && one.state === 'opening');
  const renew = async () => {
    const answer = await ask({ type: 'renew', issuer });
    setFailure(answer.ok ? undefined : answer.failure);
  };
  return (
    <>
      <button type="button" onClick={trusted(renew)} disabled={isOpening} aria-describedby={describedBy}>
        {text(isOpening ? 'popup_renewing' : 'popup_renew')}
      </button>
      {failure && <FailureNote failure={failure} tone="bad" />}
    </>
  );
}
