import { isAbsolute } from 'node:path';
import { type Failure, failure } from '../core/failure.ts';
import { extensionKind } from './registration/browsers/extension-id.ts';

/**
 * Why the caller of this host is not served; `undefined` if it is an extension whose id is in `served`.
 *
 * `args` are the arguments after the host's file, and must be exactly those of one browser. Chromium passes the origin,
 * and on Windows then `--parent-window`. Firefox passes the path of the host manifest, then the
 * extension's id.
 * https://developer.chrome.com/docs/extensions/develop/concepts/native-messaging#native-messaging-host-protocol
 * https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Native_messaging#exchanging_messages
 */
export function callerFailure(
  args: string[],
  served: string[],
  platform: NodeJS.Platform = process.platform,
): Failure | undefined {
  const id = chromiumCaller(args, platform) ?? firefoxCaller(args);
  if (served.some((one) => one === id)) return undefined;
  const [first = '', second = ''] = args;
  const origin = first.startsWith('chrome-extension://') ? first : second || first;
  return failure('origin-not-allowed', { origin: shown(origin) });
}

/** The extension id in `args`, if they are a Chromium's. */
// Stryker disable next-line StringLiteral: neither is an origin
function chromiumCaller([origin = '', ...rest]: string[], platform: NodeJS.Platform): string | undefined {
  // Stryker disable next-line StringLiteral: neither is a window
  const window = platform === 'win32' && /^--parent-window=\d+$/.test(rest[0] ?? '') ? 1 : 0;
  if (rest.length > window) return undefined;
  return /^chrome-extension:\/\/([a-p]{32})\/$/.exec(origin)?.[1];
}

/** The same for Firefox. */
// Stryker disable next-line StringLiteral: neither is a path or an id
function firefoxCaller([manifest = '', id = '', ...rest]: string[]): string | undefined {
  const isFirefox = isAbsolute(manifest) && manifest.endsWith('.json') && extensionKind(id) === 'firefox';
  return isFirefox && rest.length === 0 ? id : undefined;
}

function shown(origin: string): string {
  const printable = origin.replace(/[^\x20-\x7e]/g, '?').slice(0, 200);
  return printable === '' ? 'an unknown program' : printable;
}
