import { failure } from '../../core/failure.ts';
import { isLoopback } from '../../core/loopback.ts';
import { failed, ok, type Result } from '../../core/result.ts';

/** A broker, by the address that the user gave. Nothing that the broker says changes this address. */
export interface Broker {
  /** Without a slash at its end; `/v1` follows it. */
  url: string;
  host: string;
  /** Whether it and its identity provider may be asked over http: it is on this machine. */
  plainHttp: boolean;
}

/**
 * The broker at `address`: https, or http on this machine. Without a scheme it is https.
 * Failure: `broker-address-invalid`, without the address, which may hold a password.
 */
export function brokerAt(address: string): Result<Broker> {
  const invalid = (reason: string) => failed(failure('broker-address-invalid', { reason }));
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  // URL ignores blanks and reads a backslash as a slash. Other programs, and people, see another host.
  if (!URL.canParse(text) || /[\s\\]/.test(text)) return invalid('it is not complete');
  const { protocol, hostname, host, username, password, search, hash, href } = new URL(text);
  if (protocol !== 'https:' && protocol !== 'http:') return invalid('it begins with neither https nor http');
  if (username !== '' || password !== '') return invalid('it has a user name or a password in it');
  if (search !== '' || hash !== '' || /[?#]/.test(text)) return invalid('it has a ? or a # in it');
  const plainHttp = protocol === 'http:';
  if (plainHttp && !isLoopback(hostname)) return invalid('http is for this machine alone');
  return ok({ url: href.replace(/\/+$/, ''), host, plainHttp });
}
