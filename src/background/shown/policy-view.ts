import { accountNumber } from '../../core/aws/account-number.ts';
import { failure } from '../../core/failure.ts';
import type { Policy } from '../../core/policy/policy.ts';
import { duration } from '../../core/words/time-left.ts';
import { text } from '../../webext/text.ts';
import { timeWords } from '../../webext/time-words.ts';
import type { PolicyView } from '../../webext/view.ts';
import type { KnownPolicy } from '../rules/read-policy.ts';
import { fixedNames } from '../settings/settings.ts';

/**
 * What the administrator fixed, in sentences for the user who meets it. While the policy is awaited, what it fixed
 * last stands. With a policy that cannot be read, or that nobody waits for any longer, nothing is done.
 */
export function policyView({ policy, awaited }: KnownPolicy): PolicyView {
  if (!policy.ok) return { ...viewOf({}), ...nothingDone, failure: policy.failure };
  const view = viewOf(policy.value);
  if (awaited === 'late') return { ...view, ...nothingDone, failure: failure('policy-awaited') };
  return awaited === 'soon' ? { ...view, awaited: true } : view;
}

const nothingDone = { mayCopy: false, mayWrite: false, mayImport: false };

function viewOf(policy: Policy): PolicyView {
  const { allowedAccounts, allowedIssuers, allowedPartitions, maxSessionDuration, profiles } = policy;
  const notes = [
    allowedAccounts && text('policy_accounts', allowedAccounts.map(accountNumber).join(', ')),
    allowedIssuers && text('policy_issuers', allowedIssuers.join(', ')),
    allowedIssuers && !allowedAccounts && text('policy_issuersAlone'),
    allowedPartitions && text('policy_partitions', allowedPartitions.join(', ')),
    profiles && (profiles.length === 1 ? text('policy_profile') : text('policy_profiles', profiles.length)),
    policy.profileNameTemplate && text('policy_template', policy.profileNameTemplate),
    policy.region && text('policy_region', policy.region),
    policy.accounts && text('policy_labels', policy.accounts.length),
    policy.keepFresh !== undefined && text(policy.keepFresh ? 'policy_keepFresh' : 'policy_noKeepFresh'),
    maxSessionDuration && text('policy_duration', duration(maxSessionDuration, timeWords)),
    policy.sessionPolicies && text('policy_sessionPolicies', policy.sessionPolicies.length),
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
    fixed: fixedNames(policy),
    ...(maxSessionDuration === undefined ? {} : { maxSessionDuration }),
    ...(policy.sessionPolicies && { sessionPolicies: policy.sessionPolicies }),
  };
}
