import { useEffect, useRef } from 'preact/hooks';

/**
 * Changes a value that is replaced as a whole. One change may follow another before the background has told of the
 * first, and is made upon it nevertheless. `put` says whether it was taken over.
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
