/**
 * The extension's ids, fixed so that the native host can name them before a store does. The Chromium id follows from
 * `key` in manifest.json; a test compares the two.
 */
export const chromiumExtensionId = 'cfdajbhfhllebkkpmjkbojnpbjedlpbc';
export const firefoxExtensionId = 'roleferry@roleferry.dev';
