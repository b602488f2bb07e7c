import { useRef } from 'preact/hooks';

const names = new Intl.Collator('en', { numeric: true });

/** Sorts by name, numbers as numbers. What gets another name stays where it is until the page is opened again. */
export function useKeptOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  nameOf: (item: T) => string,
): T[] {
  const first = useRef(new Map<string, string>()).current;
  for (const item of items) if (!first.has(keyOf(item))) first.set(keyOf(item), nameOf(item));
  const placeOf = (item: T) => first.get(keyOf(item)) ?? '';
  return items.toSorted((a, b) => names.compare(placeOf(a), placeOf(b)));
}
