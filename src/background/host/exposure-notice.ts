import * as v from 'valibot';
import type { Failure } from '../../core/failure.ts';
import { localItem } from '../state/stored-item.ts';
import { hostStatus } from './host-status.ts';

/** Credentials files that others can read, of which the person does not want to hear again. */
const dismissed = localItem('dismissedExposures', v.array(v.pipe(v.string(), v.maxLength(4096))), []);

/** Why others can read the credentials file, as long as the person has not said that they know. */
export async function exposureNotice(): Promise<Failure | undefined> {
  const status = hostStatus();
  if (status.state !== 'ready' || status.exposed === undefined) return undefined;
  return (await dismissed.read()).includes(status.host.credentialsFile) ? undefined : status.exposed;
}

/** Shows the notice of the file that the host writes now no more. */
export async function dismissExposure(): Promise<void> {
  const status = hostStatus();
  if (status.state !== 'ready') return;
  const { credentialsFile } = status.host;
  await dismissed.change((files) =>
    [...files.filter((file) => file !== credentialsFile), credentialsFile].slice(-50),
  );
}
