/** How long it is until `end` (both in milliseconds since the epoch) in words that fit a narrow place, as in `3 h 20 min left`. */
export function timeLeft(end: number, now: number): string {
  const minutes = Math.floor((end - now) / 60_000);
  if (minutes < 0) return 'expired';
  if (minutes < 1) return 'less than a minute left';
  return `${duration(minutes * 60)} left`;
}

/** A duration in seconds in words, as in `12 h` or `1 h 30 min`. */
export function duration(seconds: number): string {
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return [hours > 0 && `${hours} h`, (minutes > 0 || hours === 0) && `${minutes} min`]
    .filter((part) => part !== false)
    .join(' ');
}
