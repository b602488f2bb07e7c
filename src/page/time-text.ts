import { text } from './text.ts';

/** How long it is until `end` (both in milliseconds since the epoch), as in `3 h 20 min left`. */
export function timeLeftText(end: number, now: number): string {
  const minutes = Math.floor((end - now) / 60_000);
  if (minutes < 0) return text('page_expired');
  if (minutes < 1) return text('page_lessThanAMinuteLeft');
  return text('page_timeLeft', durationText(minutes * 60));
}

/** A duration in seconds, as in `12 h` or `1 h 30 min`. */
export function durationText(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours === 0) return text('page_minutes', minutes);
  return minutes === 0 ? text('page_hours', hours) : text('page_hoursMinutes', hours, minutes);
}
