/** The only source of the browser's API. */
export { default as browser } from 'webextension-polyfill';
