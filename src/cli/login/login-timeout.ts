import { InvalidArgumentError, Option } from 'commander';
import { durationSeconds } from '../terminal/duration.ts';
import { usualTimeout } from './timeouts.ts';

const longest = 24 * 60 * 60;

/** How long a command waits for a login in the browser, `usual` unless told otherwise; seconds. */
export const timeoutOption = (usual = usualTimeout): Option =>
  new Option('--timeout <time>', 'how long to wait for the login in the browser, such as 90 (seconds) or 5m')
    .default(usual)
    .argParser((text) => {
      const seconds = durationSeconds(text);
      if (seconds === undefined || seconds < 1 || seconds > longest) {
        throw new InvalidArgumentError(
          `It is 1 second to 24h (1 to ${longest} seconds), written like 90, 5m or 1h30m.`,
        );
      }
      return seconds;
    });
