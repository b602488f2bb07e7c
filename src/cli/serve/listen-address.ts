import { InvalidArgumentError } from 'commander';

/** All addresses of a machine, as `URL` writes them. */
const wildcards = ['0.0.0.0', '[::]', '[::ffff:0:0]'];

/** Reads the one IP address that a person wants to be reachable at. Never takes a wildcard: it is for every network. */
export function listenAddress(text: string): string {
  const { isIP } = process.getBuiltinModule('node:net');
  const url = `http://${isIP(text) === 6 ? `[${text}]` : text}`;
  if (isIP(text) === 0 || !URL.canParse(url)) {
    throw new InvalidArgumentError('It is one IP address of this machine, such as 127.0.0.1.');
  }
  if (wildcards.includes(new URL(url).hostname)) {
    throw new InvalidArgumentError(
      'It would hand out credentials in every network. Name one address, such as that of the bridge to your containers.',
    );
  }
  return text;
}
