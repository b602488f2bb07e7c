import { duration } from '../../core/words/time-left.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';

/** What STS grants when nobody says how long; seconds. */
const defaultSeconds = 3600;

/** How long a session may be asked for, in seconds: what is wished, and no more than the policy of the machine allows. */
export function allowedDuration(
  wished: number | undefined,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  return (wished ?? defaultSeconds) > most ? Math.floor(most) : wished;
}

/** Says so when the person asked for more than that. */
export function tellOfLimit(
  { duration: asked = 0, quiet }: { duration?: number; quiet?: boolean },
  most = Number.POSITIVE_INFINITY,
): void {
  if (quiet || asked <= most) return;
  tell(
    `the policy of this machine limits sessions to ${duration(most, timeWords)}, not ${duration(asked, timeWords)}\n`,
  );
}
