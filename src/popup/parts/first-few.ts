import { useEffect, useState } from 'preact/hooks';

/** How much of a long list is shown at first: more than the popup's window, at most 600 pixels high, has room for. */
export const few = 12;

/** The same of roles to tick, whose list scrolls by itself. */
export const fewToTick = 7;

/** When the rest of the list appears on a machine that is never idle. */
const mostMilliseconds = 500;

/** False until the visible part of a long list is on the screen and the browser is idle. */
export function useIsRestShown(): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const idle = requestIdleCallback(() => setShown(true), { timeout: mostMilliseconds });
    return () => cancelIdleCallback(idle);
  }, []);
  return isShown;
}
