import type { Failure } from './failure.ts';
import type { FailureCode, ParamsOf } from './failure-codes.ts';
import type { Reason } from './failure-reasons.ts';
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
  const { code, params = {}, cause, message, hint } = failure;
  if (message !== undefined && hint !== undefined) {
    return { message: printable(message), hint: printable(hint) };
  }
  const make = language[code] as (p: object) => readonly [string, string];
  const [made, next] = make(printableValues(params));
  const why = cause === undefined ? '' : ` ${wordsOf(cause, language).message}`;
  return { message: made + why, hint: next };
}

function printableValues(params: object): object {
  const filled = Object.entries(params).map(([name, value]) => {
    if (typeof value === 'object') return [name, printableValues(value)];
    return [name, typeof value === 'string' ? printable(value) : value];
  });
  return Object.fromEntries(filled);
}

type NameOf<R> = R extends { is: infer Name extends string } ? Name : R & string;

/** The words of reasons in one language. */
export type ReasonWords<R> = {
  [K in NameOf<R>]: K extends R ? string : (p: Extract<R, { is: K }>) => string;
};

/** What `words` say of a reason. */
export function reasonWords<R extends string | { is: string }>(words: ReasonWords<R>, reason: R): string {
  const name = typeof reason === 'string' ? reason : reason.is;
  const found = (words as Record<string, string | ((p: R) => string)>)[name] ?? '';
  return typeof found === 'string' ? found : found(reason);
}

/** The words with the command at the end of the hint, as a terminal prints them. */
export function wordsWithCommand(failure: Failure, language: FailureWords): Words {
  const { message, hint } = wordsOf(failure, language);
  const { command } = failure;
  return { message, hint: command === undefined ? hint : `${hint} ${printable(command)}`.trim() };
}

/** What `words` say of what a profile holds: keys, and settings that name other sources of credentials. */
export function contentWords(
  words: ReasonWords<Reason<'content'>>,
  { found, sources, file }: { found: Reason<'content'>; sources?: string; file?: string },
): string {
  const all = [reasonWords(words, found), sources].filter((one) => one).join(', ');
  return file === undefined ? all : `${all} in ${file}`;
}
