import type { Answer, Request, RequestType } from '../../core/protocol/protocol.ts';
import { failed, type Result } from '../../core/result.ts';
import { HostConnection, hostLoss } from './host-connection.ts';

/** A request without what every request has. */
type Question<T extends RequestType> = Omit<Extract<Request, { type: T }>, 'version' | 'id' | 'type'>;

let connection: HostConnection | undefined;

/**
 * Asks the native host and waits for its answer. Opens a port when none is open; starting the host takes
 * longer than asking it, so `hello` is asked as soon as a login is seen.
 * Failures: `host-…`, and what the host itself reports.
 */
export function askHost<T extends RequestType>(type: T, question: Question<T>): Promise<Result<Answer<T>>> {
  try {
    if (connection === undefined || connection.closed) connection = new HostConnection();
  } catch (error) {
    return Promise.resolve(failed(hostLoss(error instanceof Error ? error.message : '')));
  }
  return connection.ask(type, question);
}
