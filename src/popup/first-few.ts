import { useEffect, useState } from 'preact/hooks';

/** More than the popup's window has room for. */
const few = 24;

/** Of a long list what can be seen at once, and all of it as soon as that is on the screen. */
export function useFirstFew<T>(items: T[]): T[] {
  const [isShown, setShown] = useState(false);
  // Preact does this after it has painted.
  useEffect(() => setShown(true), []);
  return isShown ? items : items.slice(0, few);
}
