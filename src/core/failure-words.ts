import type { Failure } from './failure.ts';
import type { FailureCode, ParamsOf } from './failure-codes.ts';
import { printable } from './words/printable.ts';

/** What went wrong and why, and what to do next. A hint that ends in a colon leads to the failure's command. */
export interface Words {
  message: string;
  hint: string;
}

/** The words of all failures in one language. */
export type FailureWords = {
  [C in FailureCode]: (p: ParamsOf<C>) => readonly [message: string, hint: string];
};

/** The words of `failure` in a language, fit to be shown: what fills their gaps may come from outside. */
export function wordsOf(failure: Failure, language: FailureWords): Words {
  const { code, params = {}, message, hint } = failure;
  if (message !== undefined && hint !== undefined) {
    return { message: printable(message), hint: printable(hint) };
  }
  const filled = Object.entries(params).map(([name, value]) => [
    name,
    typeof value === 'string' ? printable(value) : value,
  ]);
  const make = language[code] as (p: object) => readonly [string, string];
  const [made, next] = make(Object.fromEntries(filled));
  return { message: made, hint: next };
}

/** The words with the command at the end of the hint, as a terminal prints them. */
export function wordsWithCommand(failure: Failure, language: FailureWords): Words {
  const { message, hint } = wordsOf(failure, language);
  const { command } = failure;
  return { message, hint: command === undefined ? hint : `${hint} ${printable(command)}`.trim() };
}
