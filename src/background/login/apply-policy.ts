import type { Role } from '../../core/aws/role.ts';
import { widerThanDemanded } from '../../core/policy/demanded-policy.ts';
import { forbiddenRole, type Policy } from '../../core/policy/policy.ts';
import type { Result } from '../../core/result.ts';
import { retryChains } from '../chains/run-chains.ts';
import { takeOutForbidden } from '../delivery/take-out-forbidden.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { findLogin, type Login, type Logins, type ReadySession } from '../state/login.ts';
import { changeAllSessions, changeLogin } from '../state/login-changes.ts';
import { changeLogins, loginsStored, readLogins, updateLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { startWithPolicy } from './start-exchange.ts';
import { nothingUnderWay, takeFurther } from './take-further.ts';

/**
 * Looks at all that is held again under the policy as it is now: what is forbidden is dropped, and taken out of the
 * file where it was written in this session of the browser; what waited for the policy goes on; what has a fixed
 * profile is written. Does nothing while the policy is awaited.
 */
export async function applyPolicy(memory: Memory): Promise<void> {
  const policy = await readPolicy(memory);
  if (!policy.ok && policy.failure.code === 'policy-awaited') return;
  await changeLogins(memory, (logins) => withoutForbidden(logins, policy));
  if (!policy.ok) return;
  await takeOutForbidden(memory, policy.value);
  await Promise.all((await readLogins(memory)).map(({ id }) => goOn(memory, id)));
  await retryChains(memory);
}

/** The logins without credentials that the policy forbids. */
function withoutForbidden(logins: Logins, policy: Result<Policy>): Logins {
  const refusalOf = ({ issuer }: Login, { role, sessionPolicy }: ReadySession) =>
    policy.ok
      ? (forbiddenRole(policy.value, issuer, role) ??
        widerThanDemanded(policy.value, { roleArn: role.roleArn, sessionPolicy }))
      : policy.failure;
  return changeAllSessions(logins, (session, login) => {
    const refusal = session.step === 'ready' ? refusalOf(login, session) : undefined;
    return refusal === undefined ? session : { role: session.role, step: 'failed', failure: refusal };
  });
}

/** Takes what the policy lets go further, after what is on its way already: that is looked at by whoever brings it. */
async function goOn(memory: Memory, loginId: string): Promise<void> {
  await nothingUnderWay(memory, loginId);
  const free = await updateLogins(memory, (logins): readonly [Logins, Role[]] => {
    const login = findLogin(logins, loginId);
    if (login === undefined) return [logins, []];
    const [after, roles] = startWithPolicy(login);
    return [changeLogin(logins, loginId, () => after), roles];
  });
  await loginsStored(memory);
  if (free.length > 0) await takeFurther(memory, loginId, free);
}
