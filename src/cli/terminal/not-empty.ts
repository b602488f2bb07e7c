import { InvalidArgumentError } from 'commander';

/** For a value that must not be empty: as a path it would be the current folder, which nobody has named. */
export function notEmpty(value: string): string {
  if (value.trim() !== '') return value;
  throw new InvalidArgumentError('It is empty.');
}
