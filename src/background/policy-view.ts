import { accountNumber } from '../core/account-number.ts';
import type { Failure } from '../core/failure.ts';
import type { Policy } from '../core/policy.ts';
import { duration } from '../core/time-left.ts';
import { text } from '../page/text.ts';
import { timeWords } from '../page/time-words.ts';
import type { PolicyView } from './messages.ts';

/** What the administrator fixed, in sentences for the person who meets it. */
export function policyView(policy: Policy): PolicyView {
  const { allowedAccounts, allowedIssuers, allowedPartitions, maxSessionDuration, profiles } = policy;
  const notes = [
    allowedAccounts && text('policy_accounts', allowedAccounts.map(accountNumber).join(', ')),
    allowedIssuers && text('policy_issuers', allowedIssuers.join(', ')),
    allowedIssuers && !allowedAccounts && text('policy_issuersAlone'),
    allowedPartitions && text('policy_partitions', allowedPartitions.join(', ')),
    profiles && (profiles.length === 1 ? text('policy_profile') : text('policy_profiles', profiles.length)),
    policy.profileNameTemplate && text('policy_template', policy.profileNameTemplate),
    maxSessionDuration && text('policy_duration', duration(maxSessionDuration, timeWords)),
    policy.forbidProfiles && text('policy_noFiles'),
    policy.copyButton === false && text('policy_noCopy'),
    policy.fips && text('policy_fips'),
    policy.forbidImports && text('policy_noImports'),
  ];
  return {
    notes: notes.filter((note) => typeof note === 'string'),
    mayCopy: policy.copyButton !== false,
    mayWrite: policy.forbidProfiles !== true,
    mayImport: policy.forbidImports !== true,
    signInLinks: policy.signInLinks ?? [],
    fixed: policy.profileNameTemplate === undefined ? [] : ['profileNameTemplate'],
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
  };
}

/** With a policy that cannot be read nothing is done. */
export const brokenPolicyView = (failure: Failure): PolicyView => ({
  ...policyView({}),
  mayCopy: false,
  mayWrite: false,
  mayImport: false,
  failure,
});
