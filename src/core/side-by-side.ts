/** AWS throttles those who ask too much at once. */
export const atOnce = 12;

/** Does `work` for each item, at most `most` at a time; the outcomes are in the items' order. */
export async function sideBySide<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  most = atOnce,
): Promise<R[]> {
  const outcomes: R[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) outcomes[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker));
  return outcomes;
}
