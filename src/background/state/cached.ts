/**
 * What the browser is asked for once, since each question is a way to another process and back: as long as it is not
 * forgotten, for whoever changes it tells. What could not be read is asked for again.
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
    /** What it is now, as far as whoever changed it knows. */
    know(now: T): void {
      known = Promise.resolve(now);
    },
  };
}
