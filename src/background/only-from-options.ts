import { type Failure, failure } from '../core/failure.ts';
import { browser } from '../webext/browser.ts';
import type { Message } from '../webext/messages.ts';

/** What says where secrets go is changed where old and new are shown side by side, and confirmed. */
const onlyFromOptions: readonly Message['type'][] = ['set-credentials-file'];

/** Why the page at `url` may not ask for this, if so: `only-in-options`. */
export function senderFailure({ type }: Message, url: string): Failure | undefined {
  // Which part of the page is shown stands behind a `#`.
  const [page] = url.split(/[?#]/, 1);
  const isOptions = page === browser.runtime.getURL('src/options/index.html');
  return onlyFromOptions.includes(type) && !isOptions ? failure('only-in-options') : undefined;
}
