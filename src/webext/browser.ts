/** The one place where the browser's API comes from. */
export { default as browser } from 'webextension-polyfill';
