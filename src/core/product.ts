/**
 * The extension's identities, fixed so that the native host can name them before a store does.
 * The Chromium id follows from `key` in manifest.json; a test holds the two together.
 */
export const chromiumExtensionId = 'cfdajbhfhllebkkpmjkbojnpbjedlpbc';
export const firefoxExtensionId = 'roleferry@roleferry.dev';
