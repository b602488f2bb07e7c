import type { Failure } from '../../core/failure.ts';
import { FailedRequest } from '../../core/sts/failed-request.ts';

/** `failure` as what a library may throw; whoever quotes it says what a terminal would. */
export async function failedRequest(failure: Failure): Promise<FailedRequest> {
  // They take time to load, and seldom is there a failure.
  const { wordsHere } = await import('../terminal/called/words-here.ts');
  return new FailedRequest(failure, wordsHere(failure).message);
}
