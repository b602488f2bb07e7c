import { stat } from 'node:fs/promises';
import { callHere } from '../terminal/called/call-here.ts';
import { type Finding, fine, warning } from './finding.ts';

/** AWS allows for five minutes. */
const allowedMilliseconds = 5 * 60_000;

/** Needs no network: a file changed in the future means that the clock is behind. */
export async function checkClock(files: string[], now: number): Promise<Finding> {
  const times = await Promise.all(
    files.map((file) =>
      stat(file).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  const newest = files[times.findIndex((time) => time > now + allowedMilliseconds)];
  if (newest === undefined) return fine('clock', 'system clock looks right');
  const ahead = `${newest} was changed in the future, so the system clock is or was wrong`;
  return warning(
    'clock',
    ahead,
    `set the time automatically; to compare it with AWS, run: ${callHere()} doctor --online`,
  );
}

/** By the Date header of an answer of AWS, in milliseconds since the epoch. */
export function checkClockAgainst(awsTime: number, now: number): Finding {
  const offset = awsTime - now;
  if (Math.abs(offset) < allowedMilliseconds) return fine('clock', 'system clock agrees with AWS');
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const direction = offset > 0 ? 'behind' : 'ahead of';
  const wrong = `the system clock is ${minutes} minutes ${direction} AWS, which allows five`;
  return { check: 'clock', level: 'broken', message: wrong, remedy: 'set the time automatically' };
}
