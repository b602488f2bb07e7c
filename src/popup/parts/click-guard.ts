import { useLayoutEffect } from 'preact/hooks';
import { failure } from '../../core/failure.ts';
import { failed, type Result } from '../../core/result.ts';

/** As long as a person needs to see that something else stands under their finger now; milliseconds. */
const noticeMilliseconds = 500;

let shownId: string | undefined;
let swappedAt = 0;

/** Follows which login is the newest: all that is shown moves when another one takes its place. */
export function useNewestLogin(id: string | undefined): void {
  // Before the browser paints: no click comes between what is shown and what is known of it.
  useLayoutEffect(() => {
    if (id === undefined) return;
    if (shownId !== undefined && shownId !== id) swappedAt = Date.now();
    shownId = id;
  }, [id]);
}

/** False right after one login has taken the place of another, when a click may have been meant for the old one. */
export const isSteady = (): boolean => Date.now() - swappedAt > noticeMilliseconds;

/** Does what was clicked, unless the click may have been meant for something that stood there a moment ago. */
export const whenSteady = async <T>(act: () => Promise<Result<T>>): Promise<Result<T>> =>
  isSteady() ? act() : failed(failure('list-just-changed'));
