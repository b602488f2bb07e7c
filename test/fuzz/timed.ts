/** Above this a try may have been unlucky and is repeated. In milliseconds. */
const suspicious = 30;
/** Above this no repetition helps. In milliseconds. */
const hopeless = 1_000;

/**
 * What `run` comes to, and how long that takes: milliseconds of processor time, of several tries the fastest, since a
 * busy machine is no fault of what runs on it.
 */
export function timed<T>(run: () => T): { value: T; time: number } {
  const { value, time: first } = timedOnce(run);
  let time = first;
  for (let tries = 0; tries < 8 && time > suspicious && time < hopeless; tries += 1) {
    time = Math.min(time, timedOnce(run).time);
  }
  return { value, time };
}

/** Other threads of this process may use the processor too: then the clock on the wall is fairer. */
function timedOnce<T>(run: () => T): { value: T; time: number } {
  const before = process.cpuUsage();
  const start = performance.now();
  const value = run();
  const elapsed = performance.now() - start;
  const { user, system } = process.cpuUsage(before);
  return { value, time: Math.min(elapsed, (user + system) / 1_000) };
}
