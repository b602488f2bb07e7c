import type { Failure } from '../../core/failure.ts';

/** `reason`, with the option by which a command that has it may replace long-lived keys; the popup has a button. */
export const namingReplace = (reason: Failure): Failure =>
  reason.code === 'profile-long-lived'
    ? { ...reason, params: { ...reason.params, option: '--replace' } }
    : reason;
