import { useEffect } from 'preact/hooks';

/** As long as a person needs to see that something else stands under their finger now; milliseconds. */
const noticeMilliseconds = 500;

let shownId: string | undefined;
let swappedAt = 0;

/** Follows which login stands on top. */
export function useLoginOnTop(id: string): void {
  useEffect(() => {
    if (shownId !== undefined && shownId !== id) swappedAt = Date.now();
    shownId = id;
  }, [id]);
}

/** False right after one login has taken the place of another, when a click may have been meant for the old one. */
export const isSteady = (): boolean => Date.now() - swappedAt > noticeMilliseconds;
