import { useEffect, useState } from 'preact/hooks';

/** More than the popup's window, at most 600 pixels high, can show. */
const few = 12;

/** When the rest of the list appears on a machine that is never idle. */
const mostMilliseconds = 500;

/** First the visible part of a long list; all of it once that is on the screen and the browser is idle. */
export function useFirstFew<T>(items: T[]): T[] {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const idle = requestIdleCallback(() => setShown(true), { timeout: mostMilliseconds });
    return () => cancelIdleCallback(idle);
  }, []);
  return isShown ? items : items.slice(0, few);
}
