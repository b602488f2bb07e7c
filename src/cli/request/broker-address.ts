import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { addressProblem } from './address-problem.ts';

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
  const text = /^[a-z][a-z\d+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  const reason = addressProblem(text);
  if (reason !== undefined) return failed(failure('broker-address-invalid', { reason }));
  const { href, host, protocol } = new URL(text);
  return ok({ url: href.replace(/\/+$/, ''), host, plainHttp: protocol === 'http:' });
}
