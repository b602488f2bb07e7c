import type { Browser } from 'webextension-polyfill';

/** The only source of the browser's API, which Chromium calls `chrome`. */
export const browser: Browser = Reflect.get(globalThis, 'browser') ?? Reflect.get(globalThis, 'chrome');
