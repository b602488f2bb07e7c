import type { Failure } from '../../core/failure.ts';

/** Adds the option that replaces long-lived keys to `reason`. The popup has a button instead. */
export const namingReplace = (reason: Failure): Failure =>
  reason.code === 'profile-long-lived'
    ? { ...reason, params: { ...reason.params, option: '--replace' } }
    : reason;
