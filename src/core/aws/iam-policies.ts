import { partitionOf } from './partition.ts';

/** A policy document of IAM, in the order in which its documentation writes the elements. */
export interface PolicyDocument {
  Version: '2012-10-17';
  Statement: object[];
}

const document = (statement: object): PolicyDocument => ({ Version: '2012-10-17', Statement: [statement] });

/**
 * Trust for people who come with an assertion of `providerArn`. `SAML:aud` is the address to which the assertion was
 * to be posted: the sign-in hosts of the provider's partition.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create_for-idp_saml.html
 */
export function samlTrust(providerArn: string): PolicyDocument {
  const hosts = partitionOf(providerArn.split(':')[1] ?? '')?.signInHosts ?? [];
  const audiences = hosts.map((host) => `https://${host}/saml`);
  return document({
    Effect: 'Allow',
    Principal: { Federated: providerArn },
    Action: 'sts:AssumeRoleWithSAML',
    Condition: { StringEquals: { 'SAML:aud': oneOrMore(audiences) } },
  });
}

/** Trust for `principals`: users, roles, or with `:root` whoever its account lets. */
export const userTrust = (principals: string[], mfa: boolean): PolicyDocument =>
  document({
    Effect: 'Allow',
    Principal: { AWS: oneOrMore(principals) },
    Action: 'sts:AssumeRole',
    ...(mfa && withMfa),
  });

/** Permission to assume `roleArns` and nothing else. */
export const assumeOnlyPolicy = (roleArns: string[], mfa: boolean): PolicyDocument =>
  document({
    Effect: 'Allow',
    Action: 'sts:AssumeRole',
    Resource: oneOrMore(roleArns),
    ...(mfa && withMfa),
  });

/** What a broker does besides sts:AssumeRole, as its configuration says. */
interface BrokerUse {
  tags: boolean;
  sourceIdentity: boolean;
}

/** AWS asks for each of these both of the caller's permissions and of the role's trust. */
const brokerActions = ({ tags, sourceIdentity }: BrokerUse): string[] => [
  'sts:AssumeRole',
  ...(tags ? ['sts:TagSession'] : []),
  ...(sourceIdentity ? ['sts:SetSourceIdentity'] : []),
];

/** Permission for a broker's own identity: to assume `roleArns` and nothing else. */
export const brokerIdentity = (roleArns: string[], use: BrokerUse): PolicyDocument =>
  document({ Effect: 'Allow', Action: oneOrMore(brokerActions(use)), Resource: oneOrMore(roleArns) });

/** Trust for the brokers `principals`, only with `externalId` where there is one. */
export const brokerTrust = (
  principals: string[],
  externalId: string | undefined,
  use: BrokerUse,
): PolicyDocument =>
  document({
    Effect: 'Allow',
    Principal: { AWS: oneOrMore(principals) },
    Action: oneOrMore(brokerActions(use)),
    ...(externalId !== undefined && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  });

/**
 * Permission to use `aws login`: what AWS's managed policy SignInLocalDevelopmentAccess has (version 3), for `partition`.
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/SignInLocalDevelopmentAccess.html
 */
export const awsLoginPolicy = (partition: string): PolicyDocument =>
  document({
    Effect: 'Allow',
    Action: ['signin:AuthorizeOAuth2Access', 'signin:CreateOAuth2Token'],
    Resource: `arn:${partition}:signin:*:*:oauth2/public-client/*`,
  });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html */
const withMfa = { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } };

const oneOrMore = (values: string[]) => (values.length === 1 ? values[0] : values);
