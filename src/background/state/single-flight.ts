/**
 * A task that never runs twice at once. Requests during a run cause one more run after it. Errors go to `trouble`. With
 * `wait` (milliseconds), each run starts that much later.
 */
export function singleFlight(
  task: () => Promise<unknown>,
  trouble: (error: unknown) => unknown,
  wait?: number,
): () => void {
  let state: 'rests' | 'runs' | 'runs again' = 'rests';
  const run = async () => {
    do {
      if (wait) await new Promise((resolve) => setTimeout(resolve, wait));
      state = 'runs';
      // Even if reporting fails, later runs must still happen.
      await Promise.resolve(task())
        .catch(trouble)
        .catch(() => {});
    } while (isAskedAgain());
    state = 'rests';
  };
  const isAskedAgain = () => state === 'runs again';
  return () => {
    const rested = state === 'rests';
    state = rested ? 'runs' : 'runs again';
    if (rested) void run();
  };
}
