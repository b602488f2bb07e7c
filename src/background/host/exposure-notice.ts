import * as v from 'valibot';
import type { Failure } from '../../core/failure.ts';
import type { Memory } from '../state/memory.ts';
import { localItem } from '../state/stored-item.ts';
import { hostStatus } from './host-status.ts';

/** Credentials files that others can read, for which the user dismissed the notice. */
const dismissed = localItem('dismissedExposures', v.array(v.pipe(v.string(), v.maxLength(4096))), []);

/** Why others can read the credentials file, unless the user dismissed it. */
export async function exposureNotice(memory: Memory): Promise<Failure | undefined> {
  const status = hostStatus(memory);
  if (status.state !== 'ready' || status.exposed === undefined) return undefined;
  return (await dismissed.read(memory)).includes(status.host.credentialsFile) ? undefined : status.exposed;
}

/** Dismisses the notice for the current credentials file. */
export async function dismissExposure(memory: Memory): Promise<void> {
  const status = hostStatus(memory);
  if (status.state !== 'ready') return;
  const { credentialsFile } = status.host;
  await dismissed.change(memory, (files) =>
    [...files.filter((file) => file !== credentialsFile), credentialsFile].slice(-50),
  );
}
