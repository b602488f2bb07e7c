import { InvalidArgumentError } from 'commander';

/** Reads a port on the command line that any user may listen on. */
export function portNumber(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1024 && port <= 65_535) return port;
  throw new InvalidArgumentError('A port is a number from 1024 to 65535.');
}
