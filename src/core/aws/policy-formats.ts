import type { PolicyDocument } from './iam-policies.ts';

export const policyFormats = ['json', 'cloudformation', 'terraform'] as const;

/** A document with what it is: the trust of a role, or what somebody is permitted. */
export interface Policy {
  kind: 'trust' | 'permissions';
  document: PolicyDocument;
  /** What a resource for permissions is called, in capitals and small letters; `AssumeOnly` by default. */
  name?: string;
}

/** The policy in this `format`, with a final line feed. */
export function policyText(policy: Policy, format: (typeof policyFormats)[number]): string {
  switch (format) {
    case 'json':
      return `${json(policy.document)}\n`;
    case 'cloudformation':
      return `${json(cloudFormation(policy))}\n`;
    case 'terraform':
      return terraform(policy);
  }
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

/** A whole template; as JSON, which is YAML too. */
function cloudFormation({ kind, document, name = 'AssumeOnly' }: Policy) {
  const resource =
    kind === 'trust'
      ? { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document } }
      : { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document } };
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: { [kind === 'trust' ? 'RoleferryRole' : `Roleferry${name}`]: resource },
  };
}

/** A JSON object is also a Terraform expression, unless it has `${` or `%{` in it. */
function terraform({ kind, document, name = 'AssumeOnly' }: Policy): string {
  const [type, resource, attribute] =
    kind === 'trust'
      ? ['aws_iam_role', 'roleferry', 'assume_role_policy']
      : ['aws_iam_policy', `roleferry${name.replace(/[A-Z]/g, '_$&').toLowerCase()}`, 'policy'];
  const value = json(document).replaceAll('\n', '\n  ');
  return `resource "${type}" "${resource}" {\n  ${attribute} = jsonencode(${value})\n}\n`;
}
