import * as v from 'valibot';
import { type FailureCode, isFailureCode } from '../../core/failure.ts';

/** A failure as it lies in the browser's storage. */
export const storedFailureSchema = v.object({
  code: v.custom<FailureCode>((code) => typeof code === 'string' && isFailureCode(code)),
  message: v.string(),
  hint: v.string(),
  details: v.exactOptional(v.string()),
});
