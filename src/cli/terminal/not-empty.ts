import { InvalidArgumentError } from 'commander';

/** For a value that must not be empty: an empty path would mean the current folder. */
export function notEmpty(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('It is empty.');
}
