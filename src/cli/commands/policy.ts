import { type Command, InvalidArgumentError, Option } from 'commander';
import {
  assumeOnlyPolicy,
  awsLoginPolicy,
  brokerIdentity,
  brokerTrust,
  samlTrust,
  userTrust,
} from '../../core/aws/iam-policies.ts';
import { partitionOf, partitions } from '../../core/aws/partition.ts';
import { type Policy, policyFormats, policyText } from '../../core/aws/policy-formats.ts';
import type { Define } from '../program/define.ts';
import { examples } from '../terminal/examples.ts';
import { print } from '../terminal/print.ts';

export const define: Define = (command) => {
  command
    .description(
      'Print the IAM policy that a role or user needs for Roleferry, for the console, CloudFormation or ' +
        'Terraform. Does not ask AWS and changes nothing.',
    )
    .addHelpText(
      'after',
      examples([
        [
          'roleferry policy saml-trust --provider-arn arn:aws:iam::123456789012:saml-provider/corp',
          'who logs in',
        ],
        ['roleferry policy user-trust --principal arn:aws:iam::123456789012:user/jobloggs --mfa', 'a user'],
        [
          'roleferry policy assume-only --role-arn arn:aws:iam::123456789012:role/dev',
          "that user's own policy",
        ],
      ]),
    );

  policy(command, 'saml-trust', 'the trust policy of a role for SAML logins')
    .requiredOption('--provider-arn <arn>', 'the SAML provider in IAM', arnOf('provider'))
    .addHelpText(
      'after',
      examples([
        [
          'roleferry policy saml-trust --provider-arn arn:aws:iam::123456789012:saml-provider/corp',
          'for the console',
        ],
      ]),
    )
    .action(({ providerArn, format }) =>
      printPolicy({ kind: 'trust', document: samlTrust(providerArn) }, format),
    );

  policy(command, 'user-trust', 'the trust policy of a role that users assume with their own keys')
    .requiredOption(
      '--principal <arn>',
      "the user or role; ending in :root, everyone that the account's administrator allows (repeatable)",
      eachArnOf('principal'),
    )
    .option('--mfa', 'only with MFA')
    .addHelpText(
      'after',
      examples([
        ['roleferry policy user-trust --principal arn:aws:iam::123456789012:user/jobloggs --mfa', 'one user'],
        [
          'roleferry policy user-trust --principal arn:aws:iam::123456789012:root --format terraform',
          'an account',
        ],
      ]),
    )
    .action(({ principal, mfa = false, format }) =>
      printPolicy({ kind: 'trust', document: userTrust(principal, mfa) }, format),
    );

  policy(command, 'assume-only', 'the policy of a user or group that may only assume roles')
    .requiredOption('--role-arn <arn>', 'the role (repeatable)', eachArnOf('role'))
    .option('--mfa', 'only with MFA')
    .addHelpText(
      'after',
      examples([
        ['roleferry policy assume-only --role-arn arn:aws:iam::123456789012:role/dev', 'one role'],
        [
          'roleferry policy assume-only --role-arn arn:aws:iam::123456789012:role/dev --format cloudformation',
          'a template',
        ],
      ]),
    )
    .action(({ roleArn, mfa = false, format }) =>
      printPolicy({ kind: 'permissions', document: assumeOnlyPolicy(roleArn, mfa) }, format),
    );

  policy(command, 'aws-login', 'the policy of a user, group or role that may use aws login')
    .addOption(
      new Option('--partition <name>', 'the partition of the account')
        .choices(partitions.map(({ id }) => id))
        .default('aws'),
    )
    .addHelpText('after', examples([['roleferry policy aws-login --format terraform', 'for one account']]))
    .action(({ partition, format }) =>
      printPolicy({ kind: 'permissions', document: awsLoginPolicy(partition), name: 'AwsLogin' }, format),
    );

  withBrokerUse(policy(command, 'broker-identity', "the policy of roleferry-broker's own user or role"))
    .requiredOption('--role-arn <arn>', 'a role that it hands out (repeatable)', eachArnOf('role'))
    .addHelpText(
      'after',
      examples([
        ['roleferry policy broker-identity --role-arn arn:aws:iam::123456789012:role/dev --tags', 'one role'],
      ]),
    )
    .action(({ roleArn, tags = false, sourceIdentity = false, format }) =>
      printPolicy(
        { kind: 'permissions', document: brokerIdentity(roleArn, { tags, sourceIdentity }) },
        format,
      ),
    );

  withBrokerUse(policy(command, 'broker-trust', 'the trust policy of a role that roleferry-broker hands out'))
    .requiredOption(
      '--principal <arn>',
      'the user or role that the broker is (repeatable)',
      eachArnOf('principal'),
    )
    .option('--external-id <id>', 'only with this external ID', externalId)
    .addHelpText(
      'after',
      examples([
        [
          'roleferry policy broker-trust --principal arn:aws:iam::123456789012:role/broker --external-id corp --tags',
          'one broker',
        ],
      ]),
    )
    .action(({ principal, externalId: id, tags = false, sourceIdentity = false, format }) =>
      printPolicy({ kind: 'trust', document: brokerTrust(principal, id, { tags, sourceIdentity }) }, format),
    );
};

const withBrokerUse = (command: Command): Command =>
  command
    .option('--tags', 'where the configuration has tags for the role')
    .option('--source-identity', 'where the configuration has a sourceIdentity for the role');

function policy(parent: Command, name: string, summary: string): Command {
  return parent
    .command(name)
    .summary(summary)
    .description(`Print ${summary}.`)
    .addOption(
      new Option('--format <format>', 'for what it is to be').choices(policyFormats).default('json'),
    );
}

function printPolicy(policy: Policy, format: (typeof policyFormats)[number]): void {
  print(policyText(policy, format));
}

/**
 * ARNs of IAM. In a policy `*`, `?` and `${` would stand for more than themselves, so a path may not have them.
 * Names after the IAM API reference, as in core/aws/role.ts.
 */
const arns = {
  provider: [/^arn:aws(-[a-z]+)*:iam::\d{12}:saml-provider\/[\w.-]+$/, 'saml-provider/NAME'],
  principal: [
    /^arn:aws(-[a-z]+)*:iam::\d{12}:(root|(user|role)\/[\w+=,.@/-]+)$/,
    'user/NAME, role/NAME or root',
  ],
  role: [/^arn:aws(-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/, 'role/NAME'],
} as const;

/** STS API reference, AssumeRole: ExternalId. */
function externalId(id: string): string {
  if (/^[\w+=,.@:/-]{2,1224}$/.test(id)) return id;
  throw new InvalidArgumentError('Expected are 2 to 1224 letters, digits and + = , . @ : / - _');
}

const arnOf = (kind: keyof typeof arns) => (arn: string) => {
  const [pattern, form] = arns[kind];
  if (pattern.test(arn) && partitionOf(arn.split(':')[1] ?? '') !== undefined) return arn;
  throw new InvalidArgumentError(`Expected is arn:aws:iam::ACCOUNT:${form}, the account with twelve digits.`);
};

const eachArnOf =
  (kind: keyof typeof arns) =>
  (arn: string, before: string[] = []) => [...before, arnOf(kind)(arn)];
