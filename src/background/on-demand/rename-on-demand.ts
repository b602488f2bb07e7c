import { isBoundBy } from '../../core/profile/binding.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { renameBinding } from '../delivery/rename-binding.ts';
import { askHost } from '../host/host-port.ts';
import { refreshHostProfiles } from '../host/host-profiles.ts';
import type { OldProfile } from '../profiles/left-profiles.ts';
import { rebind } from '../profiles/rebind.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { bindingRefusal } from '../rules/binding-refusal.ts';
import { type Binding, readOwnBindings } from '../rules/bindings.ts';
import { readRules } from '../settings/read-rules.ts';
import type { Logins } from '../state/login.ts';
import { changeAllSessions } from '../state/login-changes.ts';
import { changeLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { dropWrittenProfiles, putWrittenProfiles, readWrittenProfiles } from '../state/written-profiles.ts';

/**
 * Binds a login to a profile of another name, as `renameBinding` does. An on-demand profile is renamed in the user's files
 * at once, and nothing of its old name stays. Failures: `bindingRefusal`, and the host's; then nothing changes.
 */
export async function renameProfile(
  memory: Memory,
  binding: Binding,
  old: OldProfile | undefined,
): Promise<Result<void>> {
  const { profile: to } = binding;
  const before = (await readOwnBindings(memory)).find((one) => isBoundBy(one, binding));
  if (!before?.onDemand || before.profile === to) return renameBinding(memory, binding, old);
  const from = before.profile;
  const refusal = bindingRefusal(binding, { profile: to }, await readRules(memory));
  if (refusal !== undefined) return failed(refusal);
  return inTurn(memory, async () => {
    const answer = await askHost(memory, 'rename-on-demand', { from, to });
    if (!answer.ok) return answer;
    await rebind(memory, [{ ...binding, onDemand: true }], 'keep');
    const written = (await readWrittenProfiles(memory)).filter(({ profile }) => profile === from);
    await dropWrittenProfiles(memory, ...written);
    putWrittenProfiles(memory, ...written.map((one) => ({ ...one, profile: to })));
    await changeLogins(memory, (logins) => withName(logins, from, to));
    void refreshHostProfiles(memory);
    return ok(undefined);
  });
}

/** What was written to the old name is now under the new one. */
const withName = (logins: Logins, from: string, to: string): Logins =>
  changeAllSessions(logins, (session) =>
    session.step === 'ready' && session.delivery.step === 'written' && session.delivery.profile === from
      ? { ...session, delivery: { ...session.delivery, profile: to } }
      : session,
  );
