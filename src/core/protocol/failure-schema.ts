import * as v from 'valibot';
import type { Failure, Params } from '../failure.ts';
import { type FailureCode, failureParams, isFailureCode } from '../failure-codes.ts';

const words = v.exactOptional(v.pipe(v.string(), v.maxLength(4096)));

/**
 * A failure that another version may have made: the host, the extension, or this one before an update. Where code and
 * parameters are known, words that came along are dropped, else they are all that there is to show, and a code that is
 * not known becomes `unexpected`.
 */
export const failureSchema = v.pipe(
  v.object({
    code: v.string(),
    params: v.optional(v.unknown(), {}),
    command: words,
    details: words,
    message: words,
    hint: words,
  }),
  v.rawTransform(({ dataset: { value }, addIssue, NEVER }): Failure => {
    const { code, params, command, details, message, hint } = value;
    const more = details === undefined ? {} : { details };
    const known = isFailureCode(code) ? knownParams(code, params) : undefined;
    if (known) {
      return {
        code: code as FailureCode,
        ...(Object.keys(known).length > 0 && { params: known }),
        ...(command !== undefined && { command }),
        ...more,
      };
    }
    if (message === undefined || hint === undefined) {
      addIssue({ message: 'neither a known failure nor words' });
      return NEVER;
    }
    return { code: isFailureCode(code) ? code : 'unexpected', message, hint, ...more };
  }),
);

function knownParams(code: FailureCode, params: unknown): Params | undefined {
  const entries: Record<string, v.GenericSchema<unknown, Params[string]>> = failureParams[code];
  const read = v.safeParse(v.object(entries), params);
  return read.success ? read.output : undefined;
}
