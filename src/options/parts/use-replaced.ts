import { useEffect, useRef } from 'preact/hooks';

/**
 * Changes a value that is replaced as a whole. A change may follow another before the background has confirmed the
 * first, and still builds on it. `put` returns whether it was saved.
 */
export function useReplaced<T, Rest extends unknown[]>(
  told: T,
  put: (next: T, ...rest: Rest) => Promise<boolean>,
): (change: (now: T) => T, ...rest: Rest) => Promise<void> {
  const asked = useRef<T | undefined>(undefined);
  const pending = useRef(0);
  useEffect(() => {
    if (pending.current === 0) asked.current = undefined;
  }, [told]);
  return async (change, ...rest) => {
    const next = change(asked.current ?? told);
    asked.current = next;
    pending.current += 1;
    const isTaken = await put(next, ...rest);
    pending.current -= 1;
    if (!isTaken) asked.current = undefined;
  };
}
