import type { SessionPolicy } from '../core/aws/session-policy.ts';
import type { Failure } from '../core/failure.ts';
import { sessionPolicyFor } from '../core/policy/demanded-policy.ts';
import {
  forbiddenDelivery,
  forbiddenLength,
  type PolicyQuestion,
} from '../core/policy/forbidden-delivery.ts';
import type { Policy } from '../core/policy/policy.ts';
import { failed, ok, type Result } from '../core/result.ts';
import { type AuditEntry, auditObstacle, type Program, writeAudit } from './audit.ts';
import { type Machine, readMachinePolicy, thisMachine } from './read-policy.ts';
import type { Judged } from './refusal.ts';

/** What the policy of the machine says of several credentials. */
export interface Verdict {
  /** For each of them, in their order, why it may not be; `undefined` where it may. */
  refusals: (Failure | undefined)[];
  /** To be told how those that were allowed failed after all, likewise in their order. */
  noteFailures: (failures: readonly (Failure | undefined)[]) => Promise<void>;
}

/**
 * Judges credentials by the policy of the machine, and writes the lines that it wants before anything is done. So a
 * line may tell of a write that then came to nothing, for which there is a second one unless this program was
 * killed; never is anything written without a line.
 *
 * Failures, on which nothing at all may be written: `machine-policy-invalid`, `audit-not-written`.
 */
export async function judge(
  machine: Machine = thisMachine(),
  program: Program,
  all: readonly Judged[],
): Promise<Result<Verdict>> {
  const policy = readMachinePolicy(machine);
  if (!policy.ok) return policy;
  const { value: rules } = policy;
  if (rules === undefined) return ok({ refusals: [], noteFailures: async () => {} });
  const now = Date.now();
  const decisions = all.map((one) => ({
    one,
    id: crypto.randomUUID(),
    refusal: forbiddenDelivery(rules, one) ?? forbiddenLength(rules, one.expiration, now),
  }));
  const write = ({ one, id }: (typeof decisions)[number], outcome: AuditEntry['outcome'], why?: Failure) =>
    writeAudit(rules, machine, { ...one, id, program, outcome, ...(why && { code: why.code }) }, Date.now());
  const noteFailures: Verdict['noteFailures'] = async (failures) => {
    for (const [index, decision] of decisions.entries()) {
      const why = failures[index];
      // Whether or not the line can be written, nothing was done of what it is about.
      if (decision.refusal === undefined && why !== undefined) await write(decision, 'failed', why);
    }
  };
  for (const [index, decision] of decisions.entries()) {
    const { refusal } = decision;
    const written = await write(decision, refusal === undefined ? 'allowed' : 'refused', refusal);
    if (written.ok) continue;
    await noteFailures(decisions.map((_, other) => (other < index ? written.failure : undefined)));
    return failed(written.failure);
  }
  return ok({ refusals: decisions.map(({ refusal }) => refusal), noteFailures });
}

/**
 * The policy of the machine, for who is about to ask AWS: no assertion and no MFA code is to be spent for nothing. An
 * empty one where there is none. Failures: `machine-policy-invalid`; `audit-not-written`, as far as anybody can tell
 * without a line.
 */
export function policyBeforeAsking(machine: Machine = thisMachine()): Result<Policy> {
  const policy = readMachinePolicy(machine);
  if (!policy.ok) return policy;
  const rules = policy.value ?? {};
  const obstacle = auditObstacle(rules, machine);
  return obstacle.ok ? ok(rules) : obstacle;
}

/**
 * The session policy to ask AWS for these credentials with; `wanted` is the user's own. Failures, of which there is
 * a line then: those of `forbiddenDelivery` and `sessionPolicyFor`.
 */
export async function narrowedBeforeAsking(
  rules: Policy,
  machine: Machine = thisMachine(),
  program: Program,
  question: PolicyQuestion,
  wanted?: SessionPolicy,
): Promise<Result<SessionPolicy | undefined>> {
  const forbidden = forbiddenDelivery(rules, question);
  const answer =
    forbidden === undefined
      ? sessionPolicyFor(rules, { roleArn: question.arn, sessionPolicy: wanted })
      : failed(forbidden);
  if (answer.ok) return answer;
  const entry = {
    ...question,
    id: crypto.randomUUID(),
    program,
    outcome: 'refused',
    code: answer.failure.code,
  } as const;
  await writeAudit(rules, machine, entry, Date.now());
  return answer;
}
