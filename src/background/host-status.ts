import type { Failure } from '../core/failure.ts';
import { askHost } from './host-port.ts';

/** What is known of the native host. */
export type HostStatus = { state: 'unknown' } | { state: 'ready' } | { state: 'failed'; failure: Failure };

let status: HostStatus = { state: 'unknown' };

export const hostStatus = (): HostStatus => status;

/** Wakes the host and learns whether it is there and of a version that we can talk with. */
export async function greetHost(): Promise<void> {
  const answer = await askHost('hello', {});
  status = answer.ok ? { state: 'ready' } : { state: 'failed', failure: answer.failure };
}
