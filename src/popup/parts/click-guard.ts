import { useLayoutEffect } from 'preact/hooks';
import { failure } from '../../core/failure.ts';
import { failed, type Result } from '../../core/result.ts';

/** How long people need to see that something else is now under their finger; milliseconds. */
const noticeMilliseconds = 500;

let shownId: string | undefined;
let swappedAt = 0;

/** Tracks the newest login: everything moves when another one takes its place. */
export function useNewestLogin(id: string | undefined): void {
  // Before the paint: no click may come between what is shown and what this knows.
  useLayoutEffect(() => {
    if (id === undefined) return;
    if (shownId !== undefined && shownId !== id) swappedAt = Date.now();
    shownId = id;
  }, [id]);
}

/** False right after a new login has moved things, when a click may have been meant for the old one. */
export const isSteady = (): boolean => Date.now() - swappedAt > noticeMilliseconds;

/** Does what was clicked, unless the click may have been meant for what was there a moment ago. */
export const whenSteady = async <T>(act: () => Promise<Result<T>>): Promise<Result<T>> =>
  isSteady() ? act() : failed(failure('list-just-changed'));
