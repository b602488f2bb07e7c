import { browser } from '../webext/browser.ts';
import { text } from '../webext/text.ts';
import type { View } from '../webext/view.ts';

/** The name, the state of host and policy in a few words, and the buttons for help with keys and for the options. */
export function Header({ view, showsKeys, onKeys }: { view: View; showsKeys: boolean; onKeys: () => void }) {
  return (
    <header>
      <h1>Roleferry</h1>
      <p class="host-state">
        <span>
          <span class={isGood(view) ? 'dot good' : 'dot bad'} aria-hidden="true" />
          {text(hostState(view))}
        </span>
        {view.policy.notes.length > 0 && <span class="state grey">{text('popup_managed')}</span>}
      </p>
      <button
        type="button"
        class="quiet why show-keys"
        aria-label={text('popup_keys')}
        title={text('popup_keys')}
        aria-keyshortcuts="?"
        aria-expanded={showsKeys}
        onClick={onKeys}
      >
        ?
      </button>
      <button type="button" class="quiet" onClick={() => browser.runtime.openOptionsPage()}>
        {text('popup_options')}
      </button>
    </header>
  );
}

const isGood = ({ hostFailure, policy }: View): boolean =>
  hostFailure === undefined && policy.failure === undefined && !policy.awaited;

function hostState({ hostFailure, policy, settings }: View) {
  if (policy.failure !== undefined) return 'popup_policyBroken';
  if (policy.awaited) return 'popup_policyWaiting';
  if (hostFailure !== undefined) return 'popup_hostAway';
  return policy.mayWrite && settings.behaviour !== 'never' ? 'popup_hostReady' : 'popup_onlyCopying';
}
