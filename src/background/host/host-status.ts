import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import type { View } from '../../webext/messages.ts';
import { askHost } from './host-port.ts';

type Host = NonNullable<View['host']>;

/** What is known of the native host. */
export type HostStatus =
  | { state: 'unknown' }
  | { state: 'ready'; host: Host; understands: readonly string[]; exposed?: Failure }
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
  const { hostVersion, credentialsFile, understands = [], exposed } = answer.value;
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
    ...(exposed && { exposed }),
  };
}

/**
 * Has the host write elsewhere than to `from`; `null` for AWS's own place.
 * Failures: `credentials-file-moved` when the host does not write to `from` any more, and the host's.
 */
export async function setCredentialsFile(from: string, path: string | null): Promise<Result<void>> {
  await greetHost();
  if (status.state === 'failed') return failed(status.failure);
  if (status.state === 'ready' && status.host.credentialsFile !== from) {
    return failed(failure('credentials-file-moved', { file: status.host.credentialsFile }));
  }
  const answer = await askHost('settings', { credentialsFile: path });
  if (!answer.ok) return answer;
  await greetHost();
  return ok(undefined);
}
