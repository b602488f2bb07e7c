import { timeLeft } from '../../core/words/time-left.ts';
import { expiryLeadMilliseconds } from '../../webext/expiry-lead.ts';
import { timeWords } from '../../webext/time-words.ts';

/** AWS's default duration. */
const usualMilliseconds = 60 * 60_000;

/** The time left until `endsAt`, as a bar and in words. Times in milliseconds since the epoch. */
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
    <span class={endsAt - now < expiryLeadMilliseconds ? 'time near' : 'time'}>
      <span class="time-bar" aria-hidden="true">
        <span style={{ inlineSize: `${left * 100}%` }} />
      </span>
      <span class="time-words">{timeLeft(endsAt, now, timeWords)}</span>
    </span>
  );
}
