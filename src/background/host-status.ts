import type { Failure } from '../core/failure.ts';
import { printable } from '../core/printable.ts';
import { ok, type Result } from '../core/result.ts';
import { askHost } from './host-port.ts';
import type { View } from './messages.ts';

type Host = NonNullable<View['host']>;

/** What is known of the native host. */
export type HostStatus =
  | { state: 'unknown' }
  | { state: 'ready'; host: Host; understands: readonly string[] }
  | { state: 'failed'; failure: Failure };

let status: HostStatus = { state: 'unknown' };

export const hostStatus = (): HostStatus => status;

/**
 * Wakes the host and learns whether it is there and of a version that we can talk with, and where it writes. A host
 * of an earlier version does not tell whether that is fixed.
 */
export async function greetHost(): Promise<void> {
  underway = greet();
  await underway;
  underway = undefined;
}

let underway: Promise<void> | undefined;

/** Whether the host takes this field of a request: one that does not would refuse the whole request. */
export async function hostUnderstands(field: string): Promise<boolean> {
  if (status.state !== 'ready') await (underway ?? greetHost());
  return status.state === 'ready' && status.understands.includes(field);
}

async function greet(): Promise<void> {
  const answer = await askHost('hello', {});
  if (!answer.ok) {
    status = { state: 'failed', failure: answer.failure };
    return;
  }
  const { hostVersion, credentialsFile, understands = [] } = answer.value;
  const settings = await askHost('settings', {});
  const place = settings.ok ? settings.value : { credentialsFile, fixedByEnvironment: false };
  status = {
    state: 'ready',
    understands,
    host: {
      version: printable(hostVersion),
      credentialsFile: printable(place.credentialsFile),
      fixedByEnvironment: place.fixedByEnvironment,
    },
  };
}

/** Has the host write elsewhere; `null` for AWS's own place. Failures: the host's. */
export async function setCredentialsFile(path: string | null): Promise<Result<void>> {
  const answer = await askHost('settings', { credentialsFile: path });
  if (!answer.ok) return answer;
  await greetHost();
  return ok(undefined);
}
