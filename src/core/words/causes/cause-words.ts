import type { Cause, CauseCode, CauseOf } from '../../cause.ts';
import { printable } from '../printable.ts';

/** The words of all causes in one language: what is wrong, and who mends it how. */
export type CauseWords = {
  [C in CauseCode]: (cause: CauseOf<C>) => readonly [what: string, remedy: string];
};

/** The words of `cause` in a language, fit to be shown: much in a cause comes from outside. */
export function wordsOfCause(cause: Cause, language: CauseWords): { what: string; remedy: string } {
  const make = language[cause.code] as (cause: Cause) => readonly [string, string];
  const [what, remedy] = make(shownCause(cause));
  return { what, remedy };
}

/** The cause with values that may be shown anywhere. */
export const shownCause = (cause: Cause): Cause => JSON.parse(JSON.stringify(cause, fitToShow));

const longest = 300;
const most = 10;

function fitToShow(_key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.length > most ? [...value.slice(0, most), '…'] : value;
  if (typeof value !== 'string') return value;
  return printable(value.length > longest ? `${value.slice(0, longest)}…` : value);
}
