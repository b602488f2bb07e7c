import { type Failure, failure } from '../core/failure.ts';
import { chromiumExtensionId, firefoxExtensionId } from '../core/product.ts';
import { extensionKind } from './registration/extension-id.ts';

/**
 * Says why whoever started this host is not served, or `undefined` when it is the product's own extension or
 * one of `extensionIds`, which the person allowed at installation.
 *
 * `args` are the arguments behind the host's own file. Chromium passes the origin first (on Windows a
 * `--parent-window` follows); Firefox passes the path of the host manifest, then the extension's id.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-protocol
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging#exchanging_messages
 */
export function callerFailure(args: string[], extensionIds: string[]): Failure | undefined {
  const allowed = [chromiumExtensionId, firefoxExtensionId, ...extensionIds];
  const [first = '', second = ''] = args;
  const served = allowed.some((id) =>
    extensionKind(id) === 'chromium' ? first === `chrome-extension://${id}/` : second === id,
  );
  if (served) return undefined;
  const origin = first.startsWith('chrome-extension://') ? first : second || first;
  return failure('origin-not-allowed', { origin: shown(origin) });
}

function shown(origin: string): string {
  const printable = origin.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
  return printable === '' ? 'an unknown program' : printable;
}
