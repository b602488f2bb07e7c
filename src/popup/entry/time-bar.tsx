import { timeLeft } from '../../core/words/time-left.ts';
import { timeWords } from '../../webext/time-words.ts';

/** From here on the end is near; as in the notification. */
const nearMilliseconds = 10 * 60_000;
/** What AWS gives where nobody asked for another time. */
const usualMilliseconds = 60 * 60_000;

/** How much is left until `endsAt`, as a quiet bar and in words. Times in milliseconds since the epoch. */
export function TimeBar({
  startedAt,
  endsAt,
  now,
}: {
  startedAt?: number | undefined;
  endsAt: number;
  now: number;
}) {
  const whole = endsAt - (startedAt ?? endsAt - usualMilliseconds);
  const left = Math.min(Math.max((endsAt - now) / whole, 0), 1);
  return (
    <span class={endsAt - now < nearMilliseconds ? 'time near' : 'time'}>
      <span class="time-bar" aria-hidden="true">
        <span style={{ inlineSize: `${left * 100}%` }} />
      </span>
      <span class="time-words">{timeLeft(endsAt, now, timeWords)}</span>
    </span>
  );
}
