import type { TimeWords } from '../core/words/time-left.ts';
import { text } from './text.ts';

/** The words for times in the user's language. */
export const timeWords: TimeWords = {
  hours: (hours) => text('page_hours', hours),
  minutes: (minutes) => text('page_minutes', minutes),
  hoursAndMinutes: (hours, minutes) => text('page_hoursMinutes', hours, minutes),
  left: (duration) => text('page_timeLeft', duration),
  lessThanAMinuteLeft: () => text('page_lessThanAMinuteLeft'),
  expired: () => text('page_expired'),
};
