import { compactPolicy } from '../../core/aws/policy-document.ts';
import { type Preset, presetPolicy, type SessionPolicy } from '../../core/aws/session-policy.ts';

/** How the user says what a profile may do at most. */
export type LesserKind = Preset | 'managed' | 'json';

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
