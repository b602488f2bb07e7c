import type { Refusal } from './cause.ts';
import type { FailureCode, ParamsOf } from './failure-codes.ts';
import { commandOf } from './failure-commands.ts';

export type { FailureCode } from './failure-codes.ts';

type Param = string | number | boolean;
/** Texts, numbers and reasons. */
export type Params = Record<string, Param | Record<string, Param>>;

/** A failure as plain data. Its words are made where a person reads them: `wordsOf` in failure-words.ts. */
export interface Failure {
  code: FailureCode;
  /** What fills the gaps in the words, where they have any. */
  params?: Params;
  /** What helps when it is run in a terminal as it stands. */
  command?: string;
  /** Why, where that is a failure too. */
  cause?: Failure;
  /** AWS's own wording and request ID, shown only on demand. */
  details?: string;
  /** Only where AWS refused an assertion: what it was asked, and why it probably refused. */
  refusal?: Refusal;
  /** Only in a failure of another version, of which the code or the parameters are not known here: its own words. */
  message?: string;
  hint?: string;
}

type Given<C extends FailureCode> = keyof ParamsOf<C> extends never ? [] : [params: ParamsOf<C>];

/** Makes the failure `code`, and the command that goes with it. */
export function failure<C extends FailureCode>(code: C, ...[params]: Given<C>): Failure {
  const command = commandOf(code, params);
  return { code, ...(params && { params }), ...(command !== undefined && { command }) };
}

/** Whether two failures say the same. */
export const isSameFailure = (a: Failure | undefined, b: Failure | undefined): boolean =>
  a?.code === b?.code &&
  a?.message === b?.message &&
  JSON.stringify([a?.params, a?.cause]) === JSON.stringify([b?.params, b?.cause]);

/** The failure with no text in it longer than `most` characters, and without AWS's own words and what it was asked. */
export function shortened({ details: _, refusal: __, ...failure }: Failure, most: number): Failure {
  return JSON.parse(
    JSON.stringify(failure, (_key, value) => (typeof value === 'string' ? value.slice(0, most) : value)),
  );
}
