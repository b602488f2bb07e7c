import type { Failure } from '../../core/failure.ts';
import { FailedRequest } from '../../core/sts/failed-request.ts';
import { inEnglish } from '../../core/words/failures/english.ts';

/** `failure` as what a library may throw; whoever quotes it says what a terminal would. */
export const failedRequest = (failure: Failure): FailedRequest =>
  new FailedRequest(failure, inEnglish(failure).message);
