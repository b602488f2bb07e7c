import { accountOfArn } from '../../core/aws/account-number.ts';
import { type Role, sameRole } from '../../core/aws/role.ts';
import { failure } from '../../core/failure.ts';
import { widerThanDemanded } from '../../core/policy/demanded-policy.ts';
import { forbiddenRole, type Policy } from '../../core/policy/policy.ts';
import { type EnvFormat, formatEnvVars } from '../../core/profile/env-vars.ts';
import { failed, type Result } from '../../core/result.ts';
import { assumeAgain } from '../chains/assume-chain.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { changeSettings } from '../settings/settings.ts';
import { readLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';

/**
 * The credentials of a role as environment variables, for the clipboard. The format is chosen from then on. Failures:
 * `credentials-expired`, and what the policy forbids.
 */
export async function envVars(
  memory: Memory,
  loginId: string,
  role: Role,
  format: EnvFormat,
): Promise<Result<string>> {
  const policy = await copyingPolicy(memory);
  if (!policy.ok) return policy;
  const login = (await readLogins(memory)).find(({ id }) => id === loginId);
  const session = login?.sessions.find((other) => sameRole(other.role, role));
  if (session?.step !== 'ready' || session.credentials === undefined || Date.now() >= session.endsAt) {
    return failed(failure('credentials-expired'));
  }
  const { sessionPolicy } = session;
  const forbidden =
    forbiddenRole(policy.value, login?.issuer ?? '', role) ??
    widerThanDemanded(policy.value, { roleArn: role.roleArn, sessionPolicy });
  if (forbidden !== undefined) return failed(forbidden);
  await changeSettings(memory, { format });
  const account = accountOfArn(session.principalArn);
  return formatEnvVars(session.credentials, format, account);
}

/** The same of the second role with this profile, which is assumed again. Failures: as above, and those of STS. */
export async function chainEnvVars(
  memory: Memory,
  profile: string,
  format: EnvFormat,
): Promise<Result<string>> {
  const policy = await copyingPolicy(memory);
  if (!policy.ok) return policy;
  const assumed = await assumeAgain(memory, profile);
  if (!assumed.ok) return assumed;
  // The policy may have come while AWS was asked.
  const still = await copyingPolicy(memory);
  if (!still.ok) return still;
  await changeSettings(memory, { format });
  const { write } = assumed.value;
  return formatEnvVars(write.credentials, format, accountOfArn(write.principalArn));
}

/** The policy, where it lets anything be copied. */
async function copyingPolicy(memory: Memory): Promise<Result<Policy>> {
  const policy = await readPolicy(memory);
  return policy.ok && policy.value.copyButton === false ? failed(failure('policy-no-copy')) : policy;
}
