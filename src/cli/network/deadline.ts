/** Aborts after some milliseconds, or as soon as one of `others` does. */
export function deadline(milliseconds: number, ...others: AbortSignal[]): AbortSignal {
  const timeout = AbortSignal.timeout(milliseconds);
  // Node 20 collects, and so never aborts, a timeout that only `AbortSignal.any` knows.
  timeout.addEventListener('abort', () => {});
  return AbortSignal.any([timeout, ...others]);
}
