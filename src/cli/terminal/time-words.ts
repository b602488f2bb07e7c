import type { TimeWords } from '../../core/words/time-left.ts';

/** The words for times on the terminal, in English. */
export const timeWords: TimeWords = {
  hours: (hours) => `${hours} h`,
  minutes: (minutes) => `${minutes} min`,
  hoursAndMinutes: (hours, minutes) => `${hours} h ${minutes} min`,
  left: (duration) => `${duration} left`,
  lessThanAMinuteLeft: () => 'less than a minute left',
  expired: () => 'expired',
};
