import type { Browser } from 'webextension-polyfill';

/**
 * The only source of the browser's API. An `import` would copy each part of it, and browsers make a part when it is
 * first touched: what the popup never uses took it a millisecond and more.
 */
export const browser: Browser = require('webextension-polyfill');
