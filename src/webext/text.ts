import type english from '../../_locales/en/messages.json';
import { browser } from './browser.ts';

/** The keys of all texts: those of the English file, which is complete. */
export type TextKey = keyof typeof english;

/**
 * A text in the user's language, or in English if it is missing there. The substitutions replace `$1` to `$9`:
 * https://developer.chrome.com/docs/extensions/reference/api/i18n
 */
export function text(key: TextKey, ...substitutions: (string | number)[]): string {
  return browser.i18n.getMessage(key, substitutions.map(String));
}
