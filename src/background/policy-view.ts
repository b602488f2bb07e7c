import type { PolicyView } from './messages.ts';
import type { Policy } from './policy.ts';

/** What the administrator fixed, in sentences for the person who meets it. */
export function policyView(policy: Policy): PolicyView {
  const { allowedAccounts, allowedIssuers, allowedPartitions, maxSessionDuration, profiles } = policy;
  const notes = [
    allowedAccounts && `Only these accounts are allowed: ${allowedAccounts.join(', ')}.`,
    allowedIssuers && `Only these issuers are allowed: ${allowedIssuers.join(', ')}.`,
    allowedPartitions && `Only these partitions are allowed: ${allowedPartitions.join(', ')}.`,
    profiles && `${profiles.length} ${profiles.length === 1 ? 'role has' : 'roles have'} a fixed profile.`,
    policy.profileNameTemplate && `Profiles are named like ${policy.profileNameTemplate}.`,
    maxSessionDuration && `Sessions last at most ${Math.floor(maxSessionDuration / 60)} minutes.`,
    policy.forbidProfiles && 'Credentials are not written to files.',
    policy.copyButton === false && 'Credentials cannot be copied.',
  ];
  return {
    notes: notes.filter((note) => typeof note === 'string'),
    mayCopy: policy.copyButton !== false,
    mayWrite: policy.forbidProfiles !== true,
    signInLinks: policy.signInLinks ?? [],
  };
}
