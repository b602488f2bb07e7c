import { useEffect, useState } from 'preact/hooks';

/** How much of a long list is shown at first: more than the popup's window, at most 600 pixels high, has room for. */
export const few = 12;

/** The same of roles to tick, whose list scrolls by itself. */
export const fewToTick = 7;

/** When the rest of the list appears in any case: some machines are never idle. */
const mostMilliseconds = 500;

/**
 * False until the visible part of a long list is on the screen and the browser is idle. Until it is on the screen, the
 * browser draws it beside the page's own code, on the same processors.
 */
export function useIsRestShown(): boolean {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    const show = () => setShown(true);
    let idle = 0;
    const painted = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName('first-contentful-paint').length > 0) idle = requestIdleCallback(show);
    });
    painted.observe({ type: 'paint', buffered: true });
    const late = setTimeout(show, mostMilliseconds);
    // Whoever types or ticks before that finds everything at once.
    const early = new AbortController();
    addEventListener('input', show, { capture: true, signal: early.signal });
    return () => {
      early.abort();
      painted.disconnect();
      cancelIdleCallback(idle);
      clearTimeout(late);
    };
  }, []);
  return isShown;
}
