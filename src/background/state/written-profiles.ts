import * as v from 'valibot';
import { sessionItem } from './stored-item.ts';
import { reportTrouble } from './trouble.ts';
import { inWorker } from './worker.ts';

const writtenProfileSchema = v.object({
  profile: v.string(),
  loginId: v.string(),
  role: v.object({ roleArn: v.string(), providerArn: v.string() }),
  issuer: v.string(),
  /** ARN of the second role that the credentials are of, where they were assumed from that login's. */
  assumed: v.exactOptional(v.string()),
});

/** Whose credentials were written to a profile last, in this session of the browser. */
export type WrittenProfile = v.InferOutput<typeof writtenProfileSchema>;

const item = sessionItem('writtenProfiles', v.array(writtenProfileSchema), []);

const memory = inWorker(() => ({ stored: Promise.resolve() as Promise<unknown> }));

/** Every profile that was written in this session of the browser and not removed since, whatever became of its login. */
export const readWrittenProfiles = (): Promise<WrittenProfile[]> => memory().stored.then(() => item.read());

/** Notes what was just written, in the place of what those profiles had. Stored beside all that comes after. */
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
