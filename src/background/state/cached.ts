/**
 * A value that the browser is asked for once, since each request goes to another process and back. Whoever changes the
 * value calls `forget` or `know`. A failed read is repeated.
 */
export function cached<T>(ask: () => Promise<T>) {
  let known: Promise<T> | undefined;
  const forget = () => {
    known = undefined;
  };
  return {
    read(): Promise<T> {
      known ??= ask();
      known.catch(forget);
      return known;
    },
    forget,
    /** The value after a change that the caller made. */
    know(now: T): void {
      known = Promise.resolve(now);
    },
  };
}
