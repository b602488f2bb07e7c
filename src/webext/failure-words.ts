import type { Failure } from '../core/failure.ts';
import { english } from '../core/words/failures/english.ts';
import { type Words, wordsOf, wordsWithCommand } from '../core/words/failures/failure-words.ts';

/** The words of a failure in the language of the page. */
export const failureWords = (failure: Failure): Words => wordsOf(failure, english);

/** The same as running text. */
export function failureText(failure: Failure): string {
  const { message, hint } = wordsWithCommand(failure, english);
  return `${message} ${hint}`;
}
