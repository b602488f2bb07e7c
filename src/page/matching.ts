/** The items in whose words all of what was searched for is found, in whatever order and case. */
export function matching<T>(items: T[], search: string, wordsOf: (item: T) => (string | undefined)[]): T[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return items;
  return items.filter((item) => {
    const words = wordsOf(item).join(' ').toLowerCase();
    return wanted.every((part) => words.includes(part));
  });
}
