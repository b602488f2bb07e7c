import type { Cause } from '../core/cause.ts';
import type { Failure } from '../core/failure.ts';
import { type Words, wordsOf, wordsWithCommand } from '../core/failure-words.ts';
import { wordsOfCause } from '../core/words/causes/cause-words.ts';
import { english as englishCauses } from '../core/words/causes/english.ts';
import { german as germanCauses } from '../core/words/causes/german.ts';
import { english } from '../core/words/failures/english.ts';
import { german } from '../core/words/failures/german.ts';
import { printable } from '../core/words/printable.ts';
import { calling, program } from '../core/words/program.ts';
import { text } from './text.ts';

/** The language that the other texts of the page are in. */
const isGerman = () => text('page_language').startsWith('de');

const language = () => (isGerman() ? german : english);

/** The words of a failure in the language of the page. `called`: how to call Roleferry in a terminal of this machine. */
export const failureWords = (failure: Failure, called = program): Words =>
  wordsOf(failure, language(), called);

/** The command of a failure as it can be pasted into such a terminal. */
export const failureCommand = ({ command }: Failure, called = program): string | undefined =>
  command && printable(calling(command, called));

/** Words and command as running text. */
export function failureText(failure: Failure, called = program): string {
  const { message, hint } = wordsWithCommand(failure, language(), called);
  return `${message} ${hint}`;
}

/** What AWS's refusal probably comes from, and who mends it, in the language of the page. */
export const causeWords = (cause: Cause): { what: string; remedy: string } =>
  wordsOfCause(cause, isGerman() ? germanCauses : englishCauses);
