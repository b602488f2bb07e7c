/**
 * What the browser is asked for once, since each question is a way to another process and back: as long as it is not
 * forgotten, for whoever changes it tells. What could not be read is asked for again.
 */
export function askedOnce<T>(ask: () => Promise<T>): { read(): Promise<T>; forget(): void } {
  let known: Promise<T> | undefined;
  const forget = () => {
    known = undefined;
  };
  return {
    read() {
      known ??= ask();
      known.catch(forget);
      return known;
    },
    forget,
  };
}
