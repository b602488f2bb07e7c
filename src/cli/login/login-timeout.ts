import { InvalidArgumentError, Option } from 'commander';
import { usualTimeout } from './login-in-browser.ts';

const longest = 24 * 60 * 60;

/** How long a command waits for a login in the browser, `usual` unless told otherwise; seconds. */
export const timeoutOption = (usual = usualTimeout): Option =>
  new Option('--timeout <seconds>', 'how long to wait for the login in the browser')
    .default(usual)
    .argParser((text) => {
      const seconds = Number(text);
      if (!/^\d+$/.test(text) || seconds < 1 || seconds > longest) {
        throw new InvalidArgumentError(`Seconds must be a whole number from 1 to ${longest}.`);
      }
      return seconds;
    });
