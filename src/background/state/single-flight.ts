/**
 * A task that runs once at a time: asked for again while it runs, however often, it runs once more after that. What
 * it throws goes to `trouble`. With `wait`, in milliseconds, it lets go first what it was asked for by.
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
      // Where even the trouble cannot be told, it is not the last time that this runs.
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
