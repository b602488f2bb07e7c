import { stat } from 'node:fs/promises';
import { type Finding, fine, warning } from './finding.ts';

/** AWS allows for five minutes. */
const allowedMilliseconds = 5 * 60_000;

/** Without asking anyone: a file that was changed in the future tells of a clock that is behind. */
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
  if (newest === undefined) return fine('clock', 'nothing speaks against the clock of this machine');
  const ahead = `${newest} was changed in the future, so the clock of this machine is or was wrong`;
  return warning('clock', ahead, 'switch on automatic time; roleferry doctor --online asks AWS for the time');
}

/** By the Date header of an answer of AWS, in milliseconds since the epoch. */
export function checkClockAgainst(awsTime: number, now: number): Finding {
  const offset = awsTime - now;
  if (Math.abs(offset) < allowedMilliseconds)
    return fine('clock', "the clock of this machine agrees with AWS's");
  const minutes = Math.round(Math.abs(offset) / 60_000);
  const direction = offset > 0 ? 'behind' : 'ahead of';
  const wrong = `the clock of this machine is ${minutes} minutes ${direction} AWS's, which allows for five`;
  return { check: 'clock', level: 'broken', message: wrong, remedy: 'switch on automatic time' };
}
