import type { Failure } from '../core/failure.ts';
import { type Words, wordsOf, wordsWithCommand } from '../core/failure-words.ts';
import { english } from '../core/words/failures/english.ts';
import { german } from '../core/words/failures/german.ts';
import { text } from './text.ts';

/** The language that the other texts of the page are in. */
const language = () => (text('page_language').startsWith('de') ? german : english);

/** The words of a failure in the language of the page. */
export const failureWords = (failure: Failure): Words => wordsOf(failure, language());

/** The same as running text. */
export function failureText(failure: Failure): string {
  const { message, hint } = wordsWithCommand(failure, language());
  return `${message} ${hint}`;
}
