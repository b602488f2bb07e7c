/**
 * A task that runs once at a time: asked for again while it runs, however often, it runs once more after that. What
 * it throws goes to `trouble`.
 */
export function coalesced(task: () => Promise<unknown>, trouble: (error: unknown) => unknown): () => void {
  let state: 'rests' | 'runs' | 'runs again' = 'rests';
  const run = async () => {
    do {
      state = 'runs';
      await Promise.resolve(task()).catch(trouble);
    } while (isAskedAgain());
    state = 'rests';
  };
  const isAskedAgain = () => state === 'runs again';
  return () => {
    if (state === 'rests') void run();
    else state = 'runs again';
  };
}
