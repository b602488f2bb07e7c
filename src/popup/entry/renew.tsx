import { ask } from '../../page/background.ts';
import { trusted } from '../../page/trusted.ts';
import { text } from '../../webext/text.ts';
import type { View } from '../../webext/view.ts';

/** Whether a login can be started from here. */
export const canRenew = ({ settings }: View, issuer: string): boolean =>
  settings.signInLinks[issuer] !== undefined;

/** Logs in again through the issuer's sign-in link. */
export const renew = (issuer: string) => ask({ type: 'renew', issuer });

/** Whether a login of this issuer is being opened. */
export const isOpening = ({ renewals }: View, issuer: string): boolean =>
  renewals.some((one) => one.issuer === issuer && one.state === 'opening');

/** The button for it; nothing if there is no link. */
export function Renew({
  view,
  issuer,
  describedBy,
  onRenew,
}: {
  view: View;
  issuer: string;
  describedBy?: string;
  onRenew: () => unknown;
}) {
  if (!canRenew(view, issuer)) return null;
  return (
    <button
      type="button"
      onClick={trusted(onRenew)}
      disabled={isOpening(view, issuer)}
      aria-describedby={describedBy}
    >
      {text(isOpening(view, issuer) ? 'popup_renewing' : 'popup_renew')}
    </button>
  );
}
