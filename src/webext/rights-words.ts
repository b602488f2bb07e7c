import { presetOf, type Rights, type SessionPolicy } from '../core/aws/session-policy.ts';
import { type TextKey, text } from './text.ts';

const presetKeys: Record<Rights, TextKey> = {
  'read-only': 'rights_readOnly',
  'view-only': 'rights_viewOnly',
  'security-audit': 'rights_securityAudit',
  policy: 'rights_policy',
};

/** A preset, or a policy of another kind, in the user's language. */
export const presetWords = (preset: Rights): string => text(presetKeys[preset]);

/** What a session may do at most, in a few words: a preset, or the names of its managed policies. */
export function rightsWords(sessionPolicy: SessionPolicy): string {
  const preset = presetOf(sessionPolicy);
  if (preset !== undefined) return presetWords(preset);
  const { policyArns = [], policy } = sessionPolicy;
  const names = policyArns.map((arn) => arn.slice(arn.lastIndexOf('/') + 1));
  return [...names, ...(policy === undefined ? [] : [presetWords('policy')])].join(', ');
}

/** A session policy as it is: ARNs and JSON. */
export const policyText = ({ policyArns = [], policy }: SessionPolicy): string =>
  [...policyArns, ...(policy === undefined ? [] : [policy])].join(' ');
