/** AWS turns down who asks too much at once. */
const atOnce = 12;

/** Does something with each, a dozen at a time. */
export async function sideBySide<T>(all: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  const waiting = [...all];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await act(next);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, waiting.length) }, work));
}
