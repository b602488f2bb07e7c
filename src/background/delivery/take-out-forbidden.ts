import type { Failure } from '../../core/failure.ts';
import { widerThanDemanded } from '../../core/policy/demanded-policy.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { inTurn } from '../profiles/write-profiles.ts';
import { writeForbidden } from '../rules/binding-refusal.ts';
import { type ChainRun, readChainRuns, settleChainRuns } from '../state/chain-runs.ts';
import { happening, noteForGood } from '../state/history.ts';
import { type Logins, profileWith, type RoleSession, withDelivery } from '../state/login.ts';
import { changeSession } from '../state/login-changes.ts';
import { changeLogins } from '../state/login-store.ts';
import type { Memory } from '../state/memory.ts';
import { readWrittenProfiles, type WrittenProfile } from '../state/written-profiles.ts';
import { removeProfiles } from './remove-profiles.ts';

/** A profile that the policy forbids; `reason` says why it went, or why it could not. */
type TakenOut = WrittenProfile & { isOut: boolean; reason: Failure };

/**
 * Takes out of the file what was written in this session of the browser and the policy forbids now, second roles
 * included. Why it went, or why it could not, is said where it was shown before, and in the history.
 */
export const takeOutForbidden = (memory: Memory, policy: Policy): Promise<void> =>
  inTurn(memory, async () => {
    const forbidden = (await readWrittenProfiles(memory)).filter(
      (one) => reasonAgainst(policy, one) !== undefined,
    );
    if (forbidden.length === 0) return;
    const removals = await removeProfiles(memory, forbidden);
    const ended = removals.flatMap(({ result, ...one }): TakenOut[] => {
      const reason = result.ok ? reasonAgainst(policy, one) : result.failure;
      // Stryker disable next-line ConditionalExpression: what was taken out was forbidden, and still is
      return reason === undefined ? [] : [{ ...one, isOut: result.ok, reason }];
    });
    const ofLogins = ended.filter(({ assumed }) => assumed === undefined);
    await changeLogins(memory, (logins) => ofLogins.reduce(sayTakenOut, logins));
    await settleChainRuns(
      memory,
      ...(await readChainRuns(memory)).flatMap((run) => withoutCredentials(run, ended)),
    );
    await noteForGood(
      memory,
      ...ended.map(({ profile, isOut, reason }) =>
        happening('forget', { profile, failure: reason }, isOut ? 'done' : 'failed'),
      ),
    );
  });

const reasonAgainst = (
  policy: Policy,
  { issuer, role, assumed, sessionPolicy }: WrittenProfile,
): Failure | undefined =>
  writeForbidden(policy, issuer, role.roleArn) ??
  (assumed === undefined ? undefined : writeForbidden(policy, issuer, assumed)) ??
  widerThanDemanded(policy, { roleArn: assumed ?? role.roleArn, sessionPolicy });

const sayTakenOut = (logins: Logins, one: TakenOut): Logins =>
  changeSession(logins, one, (session) => takenOut(session, one));

/** Credentials that may still be copied stay in memory. */
function takenOut(session: RoleSession, { role, profile, isOut, reason }: TakenOut): RoleSession {
  if (session.step === 'ready' && profileWith(session) === profile) {
    const { alreadyIn, ...failing } = withDelivery(session, { step: 'failed', profile, failure: reason });
    return isOut || alreadyIn === undefined ? failing : { ...failing, alreadyIn };
  }
  if (session.step !== 'failed' && session.step !== 'forgotten') return session;
  return isOut
    ? { role, step: 'failed', profile, failure: reason }
    : { role, step: 'forgotten', left: { profile, failure: reason } };
}

/** The run of a second role whose profile was to go; nothing of others. */
function withoutCredentials(run: ChainRun, ended: readonly TakenOut[]): ChainRun[] {
  const one = ended.find(({ profile, assumed }) => profile === run.profile && assumed === run.roleArn);
  if (one === undefined) return [];
  const { endsAt, ...rest } = run;
  const isLeft = !one.isOut && endsAt !== undefined;
  return [{ ...rest, ...(isLeft ? { endsAt } : {}), step: 'failed', failure: one.reason }];
}
