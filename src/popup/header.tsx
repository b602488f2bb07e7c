import { browser } from '../background/browser.ts';
import type { View } from '../background/messages.ts';
import { text } from '../page/text.ts';

/** The name, how things stand with host and policy in a few words, and the way to the options. */
export function Header({ view }: { view: View }) {
  return (
    <header>
      <h1>Roleferry</h1>
      <p class="host-state">
        <span
          class={view.hostFailure === undefined && view.policy.failure === undefined ? 'dot good' : 'dot bad'}
          aria-hidden="true"
        />
        {text(hostState(view))}
        {view.policy.notes.length > 0 && <span class="state grey">{text('popup_managed')}</span>}
      </p>
      <button type="button" class="quiet" onClick={() => browser.runtime.openOptionsPage()}>
        {text('popup_options')}
      </button>
    </header>
  );
}

function hostState({ hostFailure, policy, settings }: View) {
  if (policy.failure !== undefined) return 'popup_policyBroken';
  if (hostFailure !== undefined) return 'popup_hostAway';
  return policy.mayWrite && settings.behaviour !== 'never' ? 'popup_hostReady' : 'popup_onlyCopying';
}
