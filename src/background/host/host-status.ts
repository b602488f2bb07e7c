import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import type { View } from '../../webext/messages.ts';
import { inWorker } from '../state/worker.ts';
import { askHost } from './host-port.ts';

type Host = NonNullable<View['host']>;

/** What is known of the native host. */
export type HostStatus =
  | { state: 'unknown' }
  | { state: 'ready'; host: Host; understands: readonly string[]; exposed?: Failure }
  | { state: 'failed'; failure: Failure };

interface Memory {
  status: HostStatus;
  /** The greeting that is under way. */
  underway?: Promise<void> | undefined;
}

const memory = inWorker((): Memory => ({ status: { state: 'unknown' } }));

export const hostStatus = (): HostStatus => memory().status;

/** Starts the host and learns its version and where it writes. Older hosts don't say whether that place is fixed. */
export async function greetHost(): Promise<void> {
  const underway = greet();
  memory().underway = underway;
  await underway;
  memory().underway = undefined;
}

/** Whether the host knows this field. A host that doesn't would refuse the whole request. */
export async function hostUnderstands(field: string): Promise<boolean> {
  if (hostStatus().state !== 'ready') await (memory().underway ?? greetHost());
  const status = hostStatus();
  return status.state === 'ready' && status.understands.includes(field);
}

async function greet(): Promise<void> {
  const answer = await askHost('hello', {});
  if (!answer.ok) {
    memory().status = { state: 'failed', failure: answer.failure };
    return;
  }
  const { hostVersion, credentialsFile, understands = [], exposed } = answer.value;
  const settings = await askHost('settings', {});
  const place = settings.ok ? settings.value : { credentialsFile, fixedByEnvironment: false };
  memory().status = {
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
 * Moves the credentials file from `from` to `path`; `null` means AWS's default. Failures: `credentials-file-moved` if
 * the host no longer writes to `from`, and the host's.
 */
export async function setCredentialsFile(from: string, path: string | null): Promise<Result<void>> {
  await greetHost();
  const status = hostStatus();
  if (status.state === 'failed') return failed(status.failure);
  if (status.state === 'ready' && status.host.credentialsFile !== from) {
    return failed(failure('credentials-file-moved', { file: status.host.credentialsFile }));
  }
  const answer = await askHost('settings', { credentialsFile: path });
  if (!answer.ok) return answer;
  await greetHost();
  return ok(undefined);
}
