import { failure } from '../../core/failure.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { printable } from '../../core/words/printable.ts';
import { learnName, readBindings } from '../rules/bindings.ts';
import { otherNames } from '../rules/other-names.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { findLogin, sessionOf } from '../state/login.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { deliverAll } from './deliver.ts';

/**
 * The user says that `known` and `given` are both theirs: all profiles of the login's roles that are for `known` are for
 * `given` from now on. Those with credentials are written, the others wait for theirs, whose name is compared then.
 * Nothing happens to profiles that have another name by now. Failures: `credentials-expired` where no such profile is
 * left; the policy's, and the first of those of writing.
 */
export async function acceptName(
  memory: Memory,
  { loginId, known, given }: { loginId: string; known: string; given: string },
): Promise<Result<void>> {
  const [logins, bindings, policy] = await Promise.all([
    readLogins(memory),
    readBindings(memory),
    readPolicy(memory),
  ]);
  if (!policy.ok) return policy;
  const login = findLogin(logins, loginId);
  const names = login ? otherNames(login, bindings, policy.value) : [];
  // As the user was shown them.
  const asked = names.find((one) => printable(one.known) === known && printable(one.given) === given);
  if (asked === undefined) return failed(failure('credentials-expired'));
  const isHeld = ({ role }: (typeof asked.bound)[number]) => sessionOf(login, role)?.step === 'ready';
  for (const { binding } of asked.bound.filter((one) => !isHeld(one)))
    await learnName(memory, { ...binding, sessionName: asked.given });
  const results = await deliverAll(
    memory,
    asked.bound.filter(isHeld).map(({ role, binding: { profile } }) => ({
      loginId,
      role,
      order: { profile, newName: true },
    })),
  );
  return results.find(({ ok }) => !ok) ?? ok(undefined);
}
