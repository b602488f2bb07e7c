import * as v from 'valibot';
import type { Failure, Params } from '../failure.ts';
import { type FailureCode, failureParams, isFailureCode } from '../failure-codes.ts';

const words = v.exactOptional(v.pipe(v.string(), v.maxLength(4096)));
const fields = {
  code: v.string(),
  params: v.optional(v.unknown()),
  command: words,
  details: words,
  message: words,
  hint: words,
};

interface Given extends v.InferOutput<v.ObjectSchema<typeof fields, undefined>> {
  cause?: unknown;
}

const read = v.rawTransform<Given, Failure>(({ dataset: { value }, addIssue, NEVER }): Failure => {
  const { code, params, command, details, message, hint } = value;
  const more = details === undefined ? {} : { details };
  const cause = value.cause === undefined ? undefined : v.safeParse(causeSchema, value.cause);
  const known = isFailureCode(code) && cause?.success !== false ? knownParams(code, params ?? {}) : undefined;
  if (known) {
    return {
      code: code as FailureCode,
      ...(Object.keys(known).length > 0 && { params: known }),
      ...(command !== undefined && { command }),
      ...(cause?.success && { cause: cause.output }),
      ...more,
    };
  }
  if (message === undefined || hint === undefined) {
    // Stryker disable next-line ObjectLiteral,StringLiteral: nobody reads why a message is dropped
    addIssue({ message: 'neither a known failure nor words' });
    return NEVER;
  }
  if (!isFailureCode(code)) return { code: 'unexpected', message, hint, ...more };
  return { code, ...(params !== undefined && { params: {} }), message, hint, ...more };
});

/** A cause has none itself. */
const causeSchema = v.pipe(v.object(fields), read);

/**
 * A failure that another version may have made: the host, the extension, or this one before an update. Where code,
 * parameters and cause are known, words that came along are dropped, else they are all that there is to show. A code that is
 * not known becomes `unexpected`; of parameters that are not known, only the empty object is left.
 */
export const failureSchema = v.pipe(v.object({ ...fields, cause: v.optional(v.unknown()) }), read);

function knownParams(code: FailureCode, params: unknown): Params | undefined {
  const entries: Record<string, v.GenericSchema<unknown, Params[string]>> = failureParams[code];
  const read = v.safeParse(v.object(entries), params);
  return read.success ? read.output : undefined;
}
