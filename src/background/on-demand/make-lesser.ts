import { failed, ok, type Result } from '../../core/result.ts';
import { addLesser, type Lesser, offerLesser, placeOfLesser } from '../login/add-lesser.ts';
import type { Memory } from '../state/memory.ts';
import { makeProfiles } from './make-on-demand.ts';

/**
 * Gives a role another profile with fewer rights, as `addLesser` does. Beside an on-demand profile it is one as well, for
 * the same name and region: STS is asked once a tool uses it. Failures: those of `placeOfLesser` and of `makeProfiles`.
 */
export async function makeLesser(memory: Memory, lesser: Lesser): Promise<Result<void>> {
  const place = await placeOfLesser(memory, lesser);
  if (!place.ok) return failed(place.failure);
  const { key, whole, login } = place.value;
  if (!whole?.onDemand) return addLesser(memory, lesser, place.value);
  const made = await makeProfiles(memory, [{ ...whole, ...key, profile: lesser.profile }]);
  if (!made.ok) return made;
  if (login !== undefined) await offerLesser(memory, login, lesser.role);
  return ok(undefined);
}
