import { isBoundBy } from '../../core/profile/binding.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import type { OldProfile } from '../profiles/left-profiles.ts';
import { rebind } from '../profiles/rebind.ts';
import { bindingRefusal } from '../rules/binding-refusal.ts';
import { type Binding, keyOf } from '../rules/bindings.ts';
import { readRules } from '../settings/read-rules.ts';
import { readSettings } from '../settings/settings.ts';
import { profileWith } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { reportTrouble } from '../state/trouble.ts';
import { deliver } from './deliver.ts';

/**
 * Binds a login to a profile of another name; `old` says what happens to the old one. If it moves, it is written under
 * its new name: how that goes is in the view, since second roles wait for AWS. Failures: `bindingRefusal`.
 */
export async function renameBinding(
  memory: Memory,
  binding: Binding,
  old: OldProfile | undefined,
): Promise<Result<void>> {
  const refusal = bindingRefusal(binding, { profile: binding.profile }, await readRules(memory));
  if (refusal !== undefined) return failed(refusal);
  await rebind(memory, [binding], old);
  if (old === 'move') writeRenamed(memory, binding).catch(reportTrouble(memory));
  return ok(undefined);
}

/** Writes under its new name what is in the file under the old one, so that the old one can go. */
async function writeRenamed(memory: Memory, binding: Binding): Promise<void> {
  if ((await readSettings(memory)).behaviour === 'never') return;
  for (const login of await readLogins(memory)) {
    for (const session of login.sessions) {
      const isMeant = isBoundBy(keyOf(login, session.role), binding);
      if (!isMeant || profileWith(session) === undefined) continue;
      await deliver(memory, login.id, session.role, { profile: binding.profile, byBinding: true });
    }
  }
}
