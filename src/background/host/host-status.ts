import { type Failure, failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import type { HostView } from '../../webext/view.ts';
import type { Memory } from '../state/memory.ts';
import { askHost } from './host-port.ts';

/** What is known of the native host. */
export type HostStatus =
  | { state: 'unknown' }
  | { state: 'ready'; host: HostView; understands: readonly string[]; exposed?: Failure }
  | { state: 'failed'; failure: Failure };

interface Greeted {
  status: HostStatus;
  /** The greeting that is under way. */
  underway?: Promise<void> | undefined;
}

const greeted = (): Greeted => ({ status: { state: 'unknown' } });

export const hostStatus = (memory: Memory): HostStatus => memory.of(greeted).status;

/** Starts the host and learns its version and where it writes. Older hosts don't say whether that place is fixed. */
export async function greetHost(memory: Memory): Promise<void> {
  const underway = greet(memory);
  memory.of(greeted).underway = underway;
  await underway;
  memory.of(greeted).underway = undefined;
}

/** Whether the host knows this field. A host that doesn't would refuse the whole request. */
export async function hostUnderstands(memory: Memory, field: string): Promise<boolean> {
  if (hostStatus(memory).state !== 'ready') await (memory.of(greeted).underway ?? greetHost(memory));
  const status = hostStatus(memory);
  return status.state === 'ready' && status.understands.includes(field);
}

async function greet(memory: Memory): Promise<void> {
  const answer = await askHost(memory, 'hello', {});
  if (!answer.ok) {
    memory.of(greeted).status = { state: 'failed', failure: answer.failure };
    return;
  }
  const { hostVersion, credentialsFile, understands = [], exposed, called } = answer.value;
  const settings = await askHost(memory, 'settings', {});
  const place = settings.ok ? settings.value : { credentialsFile, fixedByEnvironment: false };
  memory.of(greeted).status = {
    state: 'ready',
    understands,
    host: {
      version: printable(hostVersion),
      credentialsFile: printable(place.credentialsFile),
      fixedByEnvironment: place.fixedByEnvironment,
      ...(called !== undefined && { called }),
    },
    ...(exposed && { exposed }),
  };
}

/**
 * Moves the credentials file from `from` to `path`; `null` means AWS's default. Failures: `credentials-file-moved` if
 * the host no longer writes to `from`, and the host's.
 */
export async function setCredentialsFile(
  memory: Memory,
  from: string,
  path: string | null,
): Promise<Result<void>> {
  await greetHost(memory);
  const status = hostStatus(memory);
  if (status.state === 'failed') return failed(status.failure);
  if (status.state === 'ready' && status.host.credentialsFile !== from) {
    return failed(failure('credentials-file-moved', { file: status.host.credentialsFile }));
  }
  const answer = await askHost(memory, 'settings', { credentialsFile: path });
  if (!answer.ok) return answer;
  await greetHost(memory);
  return ok(undefined);
}
