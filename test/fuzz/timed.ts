/** Above this a try may have been unlucky and is repeated. In milliseconds. */
const suspicious = 30;
/** Above this no repetition helps. In milliseconds. */
const hopeless = 1_000;

/**
 * What `run` comes to, and how long that takes: milliseconds of processor time, of several tries the fastest, since a
 * busy machine is no fault of what runs on it.
 */
export function timed<T>(run: () => T): { value: T; time: number } {
  const start = performance.now();
  const value = run();
  let time = performance.now() - start;
  for (let tries = 0; tries < 8 && time > suspicious && time < hopeless; tries += 1) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    time = Math.min(time, (user + system) / 1_000);
  }
  return { value, time };
}
