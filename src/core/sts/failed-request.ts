import type { Failure } from '../failure.ts';

/** A failure on its way through a library that knows exceptions only, such as the AWS SDK. */
export class FailedRequest extends Error {
  readonly failure: Failure;

  /** `words` are what the library may quote. */
  constructor(failure: Failure, words: string) {
    super(words);
    this.failure = failure;
  }
}
