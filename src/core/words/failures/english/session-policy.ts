import { type FailureWords, reasonWords as words } from '../../../failure-words.ts';
import { policyArn, policyDocument } from './reasons/policies.ts';

export const sessionPolicy = {
  'session-policy-arns': (p) => [
    `${p.count} managed policies are named, and AWS accepts at most ${p.most} for a session.`,
    'Name fewer, or put what they allow into one policy of your own.',
  ],
  'session-policy-arn': (p) =>
    p.reason === 'twice'
      ? [`${p.arn} is named twice.`, 'Name it once.']
      : [
          `${p.arn} cannot narrow this role: ${words(policyArn, p.reason)}.`,
          'Name a policy of AWS, such as arn:aws:iam::aws:policy/ReadOnlyAccess, or one of the account of the role.',
        ],
  'session-policy-invalid': (p) => [
    `AWS would not accept this policy: ${words(policyDocument, p.reason)}.`,
    'Correct the policy. The IAM user guide describes its grammar.',
  ],
  'session-policy-long': (p) => [
    `The session policy has ${p.characters} characters, and AWS accepts at most ${p.most}.`,
    'Shorten it: leave out spaces, use wildcards, or name a managed policy instead.',
  ],
  'sts-session-policy-large': (p) => [
    `Session policy and session tags together are too large for AWS${p.percent === undefined ? '' : `: ${p.percent}% of what fits`}.`,
    'Shorten the policy or name a managed policy instead. Fewer session tags from your identity provider help too.',
  ],
  'sts-session-policy-refused': (p) => [
    `AWS does not accept the session policy: ${p.reason}`,
    'Correct the policy. The IAM user guide describes its grammar.',
  ],
  'sts-session-policy-missing': (p) => [
    `AWS does not accept a managed policy: ${p.reason}`,
    'Check the ARN for a typo, and in IAM that the policy exists.',
  ],
  'lesser-profile-missing': (p, roleferry) => [
    `There is no profile that may only read, of the same role session as ${p.profile}.`,
    `Add one in the entry of this profile in the popup (“Add a profile with fewer rights”), or with: ${roleferry} saml --read-only --profile NAME`,
  ],
  'assume-role-lesser': (p) => [
    `AWS does not let these credentials assume ${p.roleArn}: they have fewer rights than their role.`,
    'Take the second role from the profile with all rights, or allow sts:AssumeRole in the policy of the lesser one.',
  ],
} satisfies Partial<FailureWords>;
