import type { BrowserKind } from './browser.ts';

// 32 letters a to p: https://developer.chrome.com/docs/extensions/reference/manifest/key
const chromiumId = /^[a-p]{32}$/;
// Either form that Firefox takes: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/manifest.json/browser_specific_settings#id
const firefoxId = /^(\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}|[a-z0-9._-]{1,64}@[a-z0-9._-]{1,64})$/i;

/** The kind of browser whose extensions have ids like `id`; `undefined` if it is no extension id. */
export function extensionKind(id: string): BrowserKind | undefined {
  if (chromiumId.test(id)) return 'chromium';
  return firefoxId.test(id) ? 'firefox' : undefined;
}
