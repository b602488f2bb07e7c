import { failure } from '../../core/failure.ts';
import { type BindingKey, isBoundBy } from '../../core/profile/binding.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { askHost } from '../host/host-port.ts';
import { hostRegions, refreshHostProfiles } from '../host/host-profiles.ts';
import { keepRegion, readBindings } from '../rules/bindings.ts';
import type { Memory } from '../state/memory.ts';

/**
 * Gives the profile of a login another region, in the config file and with its binding. Failures: the host's;
 * `profile-not-found` where the binding is gone.
 */
export async function changeRegion(memory: Memory, key: BindingKey, region: string): Promise<Result<void>> {
  const binding = (await readBindings(memory)).find((one) => isBoundBy(one, key));
  if (binding === undefined) return failed(failure('profile-not-found', { profile: key.roleArn }));
  const answer = await askHost(memory, 'set-region', { name: binding.profile, region });
  if (!answer.ok) return answer;
  await Promise.all([keepRegion(memory, key, region), refreshHostProfiles(memory)]);
  return ok(undefined);
}

/** Replaces the region that the config file has for a profile. Where it has none, a write has put it there. */
export async function replaceRegion(memory: Memory, profile: string, region: string): Promise<Result<void>> {
  const regions = hostRegions(memory);
  if (!Object.hasOwn(regions, profile) || regions[profile] === region) return ok(undefined);
  const answer = await askHost(memory, 'set-region', { name: profile, region });
  if (answer.ok) await refreshHostProfiles(memory);
  return answer.ok ? ok(undefined) : answer;
}
