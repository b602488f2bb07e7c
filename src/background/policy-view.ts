import { text } from '../page/text.ts';
import type { PolicyView } from './messages.ts';
import type { Policy } from './policy.ts';

/** What the administrator fixed, in sentences for the person who meets it. */
export function policyView(policy: Policy): PolicyView {
  const { allowedAccounts, allowedIssuers, allowedPartitions, maxSessionDuration, profiles } = policy;
  const notes = [
    allowedAccounts && text('policy_accounts', allowedAccounts.join(', ')),
    allowedIssuers && text('policy_issuers', allowedIssuers.join(', ')),
    allowedPartitions && text('policy_partitions', allowedPartitions.join(', ')),
    profiles && (profiles.length === 1 ? text('policy_profile') : text('policy_profiles', profiles.length)),
    policy.profileNameTemplate && text('policy_template', policy.profileNameTemplate),
    maxSessionDuration && text('policy_duration', Math.floor(maxSessionDuration / 60)),
    policy.forbidProfiles && text('policy_noFiles'),
    policy.copyButton === false && text('policy_noCopy'),
  ];
  return {
    notes: notes.filter((note) => typeof note === 'string'),
    mayCopy: policy.copyButton !== false,
    mayWrite: policy.forbidProfiles !== true,
    signInLinks: policy.signInLinks ?? [],
    fixed: policy.profileNameTemplate === undefined ? [] : ['profileNameTemplate'],
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
  };
}
