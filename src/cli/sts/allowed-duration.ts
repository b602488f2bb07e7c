import { duration } from '../../core/words/time-left.ts';
import { tell } from '../terminal/tell.ts';
import { timeWords } from '../terminal/time-words.ts';

/** What STS grants by default; seconds. */
const defaultSeconds = 3600;

/** The session length to ask for, in seconds: the wanted one, limited by the machine's policy. */
export function allowedDuration(
  wished: number | undefined,
  most = Number.POSITIVE_INFINITY,
): number | undefined {
  return (wished ?? defaultSeconds) > most ? Math.floor(most) : wished;
}

/** Tells the user if they asked for more. */
export function tellOfLimit(
  { duration: asked = 0, quiet }: { duration?: number; quiet?: boolean },
  most = Number.POSITIVE_INFINITY,
): void {
  if (quiet || asked <= most) return;
  tell(
    `the policy of this machine limits sessions to ${duration(most, timeWords)}, not ${duration(asked, timeWords)}\n`,
  );
}
