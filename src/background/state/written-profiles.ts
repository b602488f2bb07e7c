import * as v from 'valibot';
import { sessionItem } from './stored-item.ts';
import { reportTrouble } from './trouble.ts';
import { inWorker } from './worker.ts';

const writtenProfileSchema = v.object({
  profile: v.string(),
  loginId: v.string(),
  role: v.object({ roleArn: v.string(), providerArn: v.string() }),
  issuer: v.string(),
  /** ARN of the second role, if the credentials were assumed from that login's. */
  assumed: v.exactOptional(v.string()),
});

/** Whose credentials a profile has, if it was written in this browser session. */
export type WrittenProfile = v.InferOutput<typeof writtenProfileSchema>;

const item = sessionItem('writtenProfiles', v.array(writtenProfileSchema), []);

const memory = inWorker(() => ({ stored: Promise.resolve() as Promise<unknown> }));

/** Every profile written in this browser session and not removed since, even if its login is gone. */
export const readWrittenProfiles = (): Promise<WrittenProfile[]> => memory().stored.then(() => item.read());

/** Records what was just written, replacing what those profiles had. Does not wait for the storage. */
export function putWrittenProfiles(...written: WrittenProfile[]): void {
  if (written.length === 0) return;
  const change = item.change((before) => [...without(before, written), ...written]);
  memory().stored = change.catch(reportTrouble);
}

/** Forgets profiles that are not in the file any more. */
export const dropWrittenProfiles = (...removed: WrittenProfile[]): Promise<void> =>
  item.change((before) => without(before, removed));

const without = (all: readonly WrittenProfile[], those: readonly WrittenProfile[]): WrittenProfile[] =>
  all.filter(({ profile }) => !those.some((one) => one.profile === profile));
