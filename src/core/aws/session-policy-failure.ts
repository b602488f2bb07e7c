import { type Failure, failure } from '../failure.ts';
import { policyDocumentFault } from './policy-document.ts';
import { parseRoleArn } from './role.ts';
import { mostPolicyArns, mostPolicyCharacters, type SessionPolicy } from './session-policy.ts';

// IAM API reference, CreatePolicy: PolicyName `[\w+=,.@-]+`, Path `((/[A-Za-z0-9\.,\+@=_-]+)*)/`. The service names its
// own account `aws`.
const managedPolicy = /^arn:(aws(?:-[a-z]+)*):iam::(\d{12}|aws):policy\/(?:[\w.,+@=-]+\/)*[\w+=,.@-]{1,128}$/;

/**
 * Why AWS would not take a session policy for this role: more than ten managed policies, one that is none, twice, or of
 * another partition or account, a policy against IAM's grammar, or more characters than AWS takes. `undefined` if
 * nothing speaks against it.
 */
export function sessionPolicyFailure(
  { policyArns = [], policy }: SessionPolicy,
  roleArn: string,
): Failure | undefined {
  if (policyArns.length > mostPolicyArns) {
    return failure('session-policy-arns', { count: policyArns.length, most: mostPolicyArns });
  }
  for (const [index, arn] of policyArns.entries()) {
    const refused = policyArns.indexOf(arn) < index ? arnFailure(arn, 'twice') : whyNotFor(arn, roleArn);
    if (refused !== undefined) return refused;
  }
  const document = policy === undefined ? undefined : policyFailure(policy);
  if (document !== undefined) return document;
  const characters = [...policyArns, policy ?? ''].join('').length;
  return characters > mostPolicyCharacters ? tooLong(characters) : undefined;
}

/** Why no role can have this policy, given as JSON. */
export function policyFailure(policy: string): Failure | undefined {
  if (policy.length > mostPolicyCharacters) return tooLong(policy.length);
  const reason = policyDocumentFault(policy);
  return reason && failure('session-policy-invalid', { reason });
}

/** Why this is no managed policy's ARN, of whatever role. */
export const policyArnFailure = (arn: string): Failure | undefined =>
  managedPolicy.test(arn) ? undefined : arnFailure(arn, 'form');

function whyNotFor(arn: string, roleArn: string): Failure | undefined {
  const [, partition, account] = managedPolicy.exec(arn) ?? [];
  if (partition === undefined) return policyArnFailure(arn);
  const role = parseRoleArn(roleArn);
  if (role === undefined) return undefined;
  if (partition !== role.partition) return arnFailure(arn, { is: 'partition', partition: role.partition });
  if (account === 'aws' || account === role.accountId) return undefined;
  return arnFailure(arn, { is: 'account', accountId: role.accountId });
}

type Why = Parameters<typeof failure<'session-policy-arn'>>[1]['reason'];

const arnFailure = (arn: string, reason: Why): Failure => failure('session-policy-arn', { arn, reason });

const tooLong = (characters: number): Failure =>
  failure('session-policy-long', { characters, most: mostPolicyCharacters });
