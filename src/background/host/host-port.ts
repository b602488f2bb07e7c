import type { Answer } from '../../core/protocol/answers.ts';
import type { Request, RequestType } from '../../core/protocol/requests.ts';
import { failed, type Result } from '../../core/result.ts';
import type { Memory } from '../state/memory.ts';
import { HostConnection, hostLoss } from './host-connection.ts';

/** A request without the fields that all requests have. */
type Question<T extends RequestType> = Omit<Extract<Request, { type: T }>, 'version' | 'id' | 'type'>;

const port = () => ({ connection: undefined as HostConnection | undefined });

/**
 * Asks the native host and waits for its answer. Opens a port when none is open; starting the host takes
 * longer than asking it, so `hello` is asked as soon as a login is seen.
 * Failures: `host-…`, and what the host itself reports.
 */
export function askHost<T extends RequestType>(
  memory: Memory,
  type: T,
  question: Question<T>,
): Promise<Result<Answer<T>>> {
  try {
    return openConnection(memory).ask(type, question);
  } catch (error) {
    return Promise.resolve(failed(hostLoss(error instanceof Error ? error.message : '')));
  }
}

function openConnection(memory: Memory): HostConnection {
  const { connection } = memory.of(port);
  const open = connection === undefined || connection.closed ? new HostConnection() : connection;
  memory.of(port).connection = open;
  return open;
}
