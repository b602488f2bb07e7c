import type { Failure } from './failure.ts';
import type { FailureCode, ParamsOf } from './failure-codes.ts';
import type { Reason } from './failure-reasons.ts';
import { printable } from './words/printable.ts';
import { calling } from './words/program.ts';

/** What went wrong and why, and what to do next. A hint that ends in a colon leads to the failure's command. */
export interface Words {
  message: string;
  hint: string;
}

/** The words of all failures in one language. `roleferry` begins each command in them: how to call this copy. */
export type FailureWords = {
  [C in FailureCode]: (p: ParamsOf<C>, roleferry: string) => readonly [message: string, hint: string];
};

/**
 * The words of `failure` in a language, fit to be shown: what fills their gaps may come from outside. `called`: how to
 * call this copy of Roleferry.
 */
export function wordsOf(failure: Failure, language: FailureWords, called = 'roleferry'): Words {
  const { code, params = {}, cause, message, hint } = failure;
  if (message !== undefined && hint !== undefined) {
    return { message: printable(message), hint: printable(hint) };
  }
  const make = language[code] as (p: object, roleferry: string) => readonly [string, string];
  const [made, next] = make(printableValues(params), called);
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
export function wordsWithCommand(failure: Failure, language: FailureWords, called = 'roleferry'): Words {
  const { message, hint } = wordsOf(failure, language, called);
  const { command } = failure;
  const run = command === undefined ? '' : printable(calling(command, called));
  return { message, hint: `${hint} ${run}`.trim() };
}

/** What `words` say of what a profile holds: keys, and settings that name other sources of credentials. */
export function contentWords(
  words: ReasonWords<Reason<'content'>>,
  { found, sources, file }: { found: Reason<'content'>; sources?: string; file?: string },
): string {
  const all = [reasonWords(words, found), sources].filter((one) => one).join(', ');
  return file === undefined ? all : `${all} in ${file}`;
}
