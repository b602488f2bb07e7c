import { isLoopback } from '../../core/loopback.ts';

/** Why no secret may be sent to `address`: only https is safe, or http on this machine. `undefined` if it may. */
export function addressProblem(address: string): string | undefined {
  // URL ignores blanks and reads a backslash as a slash. Other programs, and people, see another host.
  if (!URL.canParse(address) || /[\s\\]/.test(address)) return 'it is not complete';
  const { protocol, hostname, username, password } = new URL(address);
  if (protocol !== 'https:' && protocol !== 'http:') return 'it begins with neither https nor http';
  if (username !== '' || password !== '') return 'it has a user name or a password in it';
  if (/[?#]/.test(address)) return 'it has a ? or a # in it';
  return protocol === 'http:' && !isLoopback(hostname) ? 'http is for this machine alone' : undefined;
}
