import { parseRoleArn, type Role } from '../../core/aws/role.ts';
import { type Failure, failure } from '../../core/failure.ts';
import { sessionPolicyFor, widerThanDemanded } from '../../core/policy/demanded-policy.ts';
import { forbiddenRole, type Policy } from '../../core/policy/policy.ts';
import { failed, ok, type Result } from '../../core/result.ts';
import { exchange } from '../../core/sts/exchange.ts';
import { stsRegion } from '../../core/sts/sts-region.ts';
import { readPolicy } from '../rules/read-policy.ts';
import { recallRole } from '../rules/role-memory.ts';
import { readSettings } from '../settings/settings.ts';
import { isOpen, type Login, type RoleSession } from '../state/login.ts';
import type { Memory } from '../state/memory.ts';

/** What STS grants when no duration is asked for. */
const unaskedSeconds = 3600;

/**
 * Asks STS for the credentials of one role of a login, where the policy allows it. Changes no state: what came of it
 * is the answer, with the reason where there are no credentials.
 */
export async function exchangeRole(memory: Memory, login: Login, role: Role): Promise<RoleSession> {
  const refused = (reason: Failure): RoleSession => ({ role, step: 'failed', failure: reason });
  const { response } = login;
  if (response === undefined || !isOpen(login, Date.now())) return refused(failure('assertion-expired'));
  const { roleArn } = role;
  if (parseRoleArn(roleArn)?.name.startsWith('AWSReservedSSO_')) {
    return refused(failure('role-reserved', { roleArn }));
  }
  const [policy, { region: setting, sessionDuration }, known] = await Promise.all([
    allowedBy(readPolicy(memory), login, role),
    readSettings(memory),
    recallRole(memory, login.issuer, role),
  ]);
  if (!policy.ok) return refused(policy.failure);
  const narrowed = sessionPolicyFor(policy.value, role);
  if (!narrowed.ok) return refused(narrowed.failure);
  const sessionPolicy = narrowed.value;
  const { maxSessionDuration, fips } = policy.value;
  const region = stsRegion({
    roleArn,
    signInHost: login.signInHost,
    ...(setting === undefined ? {} : { setting }),
  });
  // A wish or setting of 0 asks for no duration.
  const asked = login.sessionDuration ?? ((known.wish ?? sessionDuration) || undefined);
  const duration = atMost(maxSessionDuration, asked);
  const given = await exchange({
    response,
    role,
    region,
    retryUntil: login.redeemBefore,
    seenAt: login.seenAt,
    fips: fips === true,
    sessionPolicy,
    ...(duration === undefined ? {} : { sessionDuration: duration }),
    ...(known.maximum === undefined ? {} : { knownMaximum: known.maximum }),
  });
  if (!given.ok) return refused(given.failure);
  // The policy may have come or changed while AWS was being asked.
  const still = await allowedBy(readPolicy(memory), login, role);
  if (!still.ok) return refused(still.failure);
  const wider = widerThanDemanded(still.value, { roleArn, sessionPolicy });
  if (wider !== undefined) return refused(wider);
  const { clockOffset, ...exchanged } = given.value;
  return {
    role,
    step: 'ready',
    region,
    ...(sessionPolicy && { sessionPolicy }),
    ...exchanged,
    endsAt: Date.parse(exchanged.credentials.expiration) - clockOffset,
    startedAt: Date.now(),
    delivery: { step: 'none' },
  };
}

/** The policy, where it lets STS be asked for a role of this login; else why not. */
async function allowedBy(asked: Promise<Result<Policy>>, login: Login, role: Role): Promise<Result<Policy>> {
  const policy = await asked;
  if (!policy.ok) return policy;
  const forbidden = forbiddenRole(policy.value, login.issuer, role);
  return forbidden === undefined ? ok(policy.value) : failed(forbidden);
}

/** The duration to ask STS for, in seconds; `undefined` where its own is short enough. */
function atMost(longest: number | undefined, asked: number | undefined): number | undefined {
  if (longest === undefined) return asked;
  if (asked === undefined) return longest < unaskedSeconds ? longest : undefined;
  return Math.min(asked, longest);
}
