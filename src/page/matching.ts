/** The items whose words contain all words of the search, in any order and case. */
export function matching<T>(items: T[], search: string, wordsOf: (item: T) => (string | undefined)[]): T[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return items;
  return items.filter((item) => {
    const words = wordsOf(item).join(' ').toLowerCase();
    return wanted.every((part) => words.includes(part));
  });
}
