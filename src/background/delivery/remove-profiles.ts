import { failed, ok, type Result } from '../../core/result.ts';
import { askHost } from '../host/host-port.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import type { Memory } from '../state/memory.ts';
import { dropWrittenProfiles, type WrittenProfile } from '../state/written-profiles.ts';

/** A profile that was to go out of the file, and whether it did. */
export type Removal = WrittenProfile & { result: Result<void> };

/** Has the host remove profiles; those that it could not remove stay known. Gives what became of each, in their order. */
export async function removeProfiles(memory: Memory, written: readonly WrittenProfile[]): Promise<Removal[]> {
  if (written.length === 0) return [];
  const removals = await Promise.all(written.map((one) => remove(memory, one)));
  await dropWrittenProfiles(memory, ...removals.filter(({ result }) => result.ok));
  void refreshHostProfiles(memory);
  return removals;
}

async function remove(memory: Memory, written: WrittenProfile): Promise<Removal> {
  const answer = await askHost(memory, 'remove-profile', { name: written.profile });
  const isOut = answer.ok || answer.failure.code === 'profile-not-found';
  return { ...written, result: isOut ? ok(undefined) : failed(answer.failure) };
}
