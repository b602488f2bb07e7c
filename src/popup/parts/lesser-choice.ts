import { compactPolicy } from '../../core/aws/policy-document.ts';
import { type Preset, presetNames, presetPolicy, type SessionPolicy } from '../../core/aws/session-policy.ts';
import { type Demands, demandedFor, widerThanDemanded } from '../../core/policy/demanded-policy.ts';

/** How the user says what a profile may do at most. */
export type LesserKind = Preset | 'managed' | 'json';

/**
 * The kinds of session policy that the administrator lets a user choose for this role; none if every choice would be
 * all that is demanded.
 */
export function allowedKinds(demands: Demands, roleArn: string): LesserKind[] {
  const demanded = demandedFor(demands, roleArn);
  if (demanded === undefined) return [...presetNames, 'managed', 'json'];
  const { policyArns = [], policy } = demanded;
  if (policyArns.length + (policy === undefined ? 0 : 1) < 2) return [];
  const isAllowed = (preset: Preset) =>
    widerThanDemanded(demands, { roleArn, sessionPolicy: presetPolicy(preset, roleArn) }) === undefined;
  return [
    ...presetNames.filter(isAllowed),
    ...(policyArns.length > 0 ? ['managed' as const] : []),
    ...(policy === undefined ? [] : ['json' as const]),
  ];
}

/** What was chosen and typed, as a session policy for this role; `undefined` while nothing was typed. */
export function lesserChoice(kind: LesserKind, typed: string, roleArn: string): SessionPolicy | undefined {
  if (kind === 'json') {
    const policy = compactPolicy(typed);
    return policy === '' ? undefined : { policy };
  }
  if (kind !== 'managed') return presetPolicy(kind, roleArn);
  const policyArns = typed.split(/[\s,]+/).filter((arn) => arn !== '');
  return policyArns.length === 0 ? undefined : { policyArns };
}
