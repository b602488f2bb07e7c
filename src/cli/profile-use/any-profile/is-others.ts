import type { Failure } from '../../../core/failure.ts';

/** Whether a failure says that what a profile has is not from Roleferry. */
export const isOthers = ({ code }: Failure): boolean =>
  code === 'profile-not-temporary' || code === 'profile-no-expiry';
