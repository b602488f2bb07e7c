/** The words for times in one language. */
export interface TimeWords {
  hours: (hours: number) => string;
  minutes: (minutes: number) => string;
  hoursAndMinutes: (hours: number, minutes: number) => string;
  left: (duration: string) => string;
  lessThanAMinuteLeft: () => string;
  expired: () => string;
}

/**
 * How long it is until `end` (both in milliseconds since the epoch), in words for a narrow place, as in `3 h 20 min
 * left`.
 */
export function timeLeft(end: number, now: number, words: TimeWords): string {
  const minutes = Math.floor((end - now) / 60_000);
  if (minutes < 0) return words.expired();
  if (minutes < 1) return words.lessThanAMinuteLeft();
  return words.left(duration(minutes * 60, words));
}

/** A duration in seconds in words, as in `12 h` or `1 h 30 min`. */
export function duration(seconds: number, words: TimeWords): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours === 0) return words.minutes(minutes);
  return minutes === 0 ? words.hours(hours) : words.hoursAndMinutes(hours, minutes);
}
