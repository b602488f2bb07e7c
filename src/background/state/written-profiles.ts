import * as v from 'valibot';
import { roleEntries, sessionPolicySchema } from '../../core/aws/role-schema.ts';
import type { Memory } from './memory.ts';
import { sessionItem } from './stored-item.ts';
import { reportTrouble } from './trouble.ts';

const writtenProfileSchema = v.object({
  profile: v.string(),
  loginId: v.string(),
  role: v.object(roleEntries),
  issuer: v.string(),
  /** What AWS was asked to narrow them to. */
  sessionPolicy: v.exactOptional(sessionPolicySchema),
  /** ARN of the second role, if the credentials were assumed from that login's. */
  assumed: v.exactOptional(v.string()),
});

/** Whose credentials a profile has, if it was written in this browser session. */
export type WrittenProfile = v.InferOutput<typeof writtenProfileSchema>;

const item = sessionItem('writtenProfiles', v.array(writtenProfileSchema), []);

const storing = () => ({ last: Promise.resolve() as Promise<unknown> });

/** Every profile written in this browser session and not removed since, even if its login is gone. */
export const readWrittenProfiles = (memory: Memory): Promise<WrittenProfile[]> =>
  memory.of(storing).last.then(() => item.read(memory));

/** Records what was just written, replacing what those profiles had. Does not wait for the storage. */
export function putWrittenProfiles(memory: Memory, ...written: WrittenProfile[]): void {
  if (written.length === 0) return;
  const change = item.change(memory, (before) => [...without(before, written), ...written]);
  memory.of(storing).last = change.catch(reportTrouble(memory));
}

/** Forgets profiles that are not in the file any more. */
export const dropWrittenProfiles = (memory: Memory, ...removed: WrittenProfile[]): Promise<void> =>
  item.change(memory, (before) => without(before, removed));

const without = (all: readonly WrittenProfile[], those: readonly WrittenProfile[]): WrittenProfile[] =>
  all.filter(({ profile }) => !those.some((one) => one.profile === profile));
