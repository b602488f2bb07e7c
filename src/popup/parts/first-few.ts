import { useEffect, useState } from 'preact/hooks';

/** More than the popup's window, of 600 pixels at most, has room for. */
const few = 12;

/** When the rest of the list comes on a machine that is never idle. */
const mostMilliseconds = 500;

/** Of a long list what can be seen at once, and all of it when that is on the screen and the browser has nothing to do. */
export function useFirstFew<T>(items: T[]): T[] {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const idle = requestIdleCallback(() => setShown(true), { timeout: mostMilliseconds });
    return () => cancelIdleCallback(idle);
  }, []);
  return isShown ? items : items.slice(0, few);
}
